"""One command from its `C` to its `X`: its streams, its cancel, and each global as this daemon has it."""

import itertools
import os
import socket
import threading

import engine
import environment
import logs
import stdio
from request import Request
from streams import QUEUE_BYTES_MAX, TCP_STDIN_BYTES_MAX, OutputQueue, StdinPipe

CHOICES = {  # switch: (fixed, as upstream)
    "environ": (environment.OwnEnviron, environment.ProcessEnviron),
    "argv": (environment.OwnArguments, environment.ProcessArguments),
    "cwd": (environment.OwnDirectory, environment.ProcessDirectory),
    "umask": (environment.OwnText, environment.ProcessUmask),
    "locale": (environment.OwnText, environment.ProcessLocale),
    "stdin": (stdio.OwnStream, stdio.ProcessStdin),
    "stdout": (stdio.OwnStream, stdio.ProcessStream),
    "stderr": (stdio.OwnStream, stdio.ProcessStderr),
    "threads": (stdio.Threads, stdio.Threads),
    "console": (environment.Ambient, environment.Ambient),  # each write looks
    "logger": (logs.OwnLogger, logs.ProcessLogger),
    "loglevel": (logs.OwnLevel, logs.ProcessLevel),
    "exiter": (logs.OwnExiter, logs.ProcessExiter),
    "session": (engine.OwnSession, engine.ProcessSession),
    "subsystem": (engine.OwnSubsystem, engine.ProcessSubsystem),
    "tracker": (engine.OwnTracker, engine.ProcessTracker),
    "scheduler": (engine.OwnScheduler, engine.ProcessScheduler),
    "graph": (engine.Graph, engine.Graph),
}

CANCELLED = -1
FAILED = 70  # an exception left the command


class CommandFailed(Exception):
    """An exception of the command's own; its argument is what it says, in bytes."""


class Run:
    ids = itertools.count(1)

    def __init__(self, request: Request, wire, broken: frozenset[str], waker: int):
        self.id = next(Run.ids)
        self.request, self.broken, self.waker = request, broken, waker
        self.name = request.environment.get(b"NAILBITER_RUN", b"-")
        self.changed = threading.Condition()
        self.output = OutputQueue(wire, self.changed)
        is_tcp = wire.family != socket.AF_UNIX
        self.stdin = StdinPipe(self.changed, waker, TCP_STDIN_BYTES_MAX if is_tcp else QUEUE_BYTES_MAX)
        self.destination = stdio.Destination(self)
        self.cancelled = self.begun = self.over = False
        self.cancel_code = CANCELLED
        self.globals = {name: choice[name in broken](self) for name, choice in CHOICES.items()}

    def is_broken(self, switch: str) -> bool:
        return switch in self.broken

    def is_over(self) -> bool:
        return self.cancelled or self.over

    def cancel(self, code: int = CANCELLED) -> None:
        with self.changed:
            if not self.cancelled:
                self.cancelled, self.cancel_code = True, code
            self.changed.notify_all()

    def client_left(self) -> None:
        """A cancel by the client, as this daemon's session takes it. Before it began and after its end it is nobody else's."""
        with self.changed:
            waiting, over = not self.begun, self.over
        if waiting:
            self.cancel()
        elif not over:
            self.globals["session"].cancel()

    def read_stdin(self, bytes_max: int) -> bytes:
        if self.stdin.is_dry():
            self.stdin.granted = True
            self.output.grant_stdin()
        return self.stdin.read(bytes_max, self.is_over)

    def perform(self, command) -> None:
        """The run itself, on its thread: `command(run)` returns the exit code."""
        for each in self.globals.values():
            each.enter()
        self.begun = True
        try:
            code = command(self)
        except CommandFailed as failure:
            code = FAILED
            self.globals["exiter"].report(failure)
        finally:
            stdio.Console.owner = None if stdio.Console.owner is self.destination else stdio.Console.owner
            with self.changed:
                self.over = True
            for each in reversed(self.globals.values()):
                each.leave()
        self.finish(code)

    def finish(self, code: int) -> None:
        self.over = True
        self.output.close(self.cancel_code if self.cancelled and self.cancel_code != CANCELLED else code)
        os.eventfd_write(self.waker, 1)
