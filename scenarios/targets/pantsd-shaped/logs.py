"""The root logger, its level, and what becomes of an exception that leaves a run. One handler and one level for the whole
process as upstream, or by the calling thread's run."""

import logging

from environment import Ambient
from stdio import Destination

LEVELS = {b"debug": logging.DEBUG, b"info": logging.INFO, b"warning": logging.WARNING, b"error": logging.ERROR}


class Handler(logging.Handler):
    """Lines on the stderr of one destination, or (None) of whoever logs."""

    def __init__(self, destination: Destination | None = None):
        super().__init__(logging.NOTSET)
        self.destination = destination

    def emit(self, record):
        caller = Destination.current()
        where = self.destination or caller
        if where is not None and record.levelno >= caller.run.own_log_level:
            where.write(2, b"[%s] %s\n" % (record.levelname.lower().encode(), record.msg))


class OwnLogger(Ambient):
    """The one handler finds the run by its thread."""


class ProcessLogger(Ambient):
    def enter(self):
        self.before = logging.root.handlers
        logging.root.handlers = [Handler(self.run.destination)]

    def leave(self):
        logging.root.handlers = self.before


class OwnLevel(Ambient):
    def enter(self):
        self.run.own_log_level = logging.INFO

    def set(self, level: bytes) -> None:
        self.run.own_log_level = LEVELS[level]


class ProcessLevel(Ambient):
    def enter(self):
        self.run.own_log_level = logging.NOTSET
        self.before = logging.root.level
        logging.root.setLevel(logging.INFO)

    def leave(self):
        logging.root.setLevel(self.before)

    def set(self, level):
        logging.root.setLevel(LEVELS[level])


class OwnExiter(Ambient):
    def report(self, failure: BaseException) -> None:
        self.run.destination.write(2, b"pantsd: the command failed: %s\n" % failure.args[0])


class ProcessExiter(Ambient):
    """The exiter that the last run installed, and never put back."""

    current = None

    def enter(self):
        ProcessExiter.current = self.run.destination

    def report(self, failure):
        ProcessExiter.current.write(2, b"pantsd: the command failed: %s\n" % failure.args[0])


def install_root_logger() -> None:
    logging.root.handlers = [Handler()]
    logging.root.setLevel(logging.NOTSET)  # the handler knows each run's level
