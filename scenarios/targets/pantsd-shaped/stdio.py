"""Where output goes. A destination is a run's two streams; a thread is bound to one; what is bound to none goes to the
default, which is the last run that began. sys.stdin, sys.stdout and sys.stderr are proxies of the calling thread's
destination where they are fixed, and replaced by each run where they are as upstream had them."""

import io
import os
import sys
import threading

from environment import Ambient

bound = threading.local()
log = os.fdopen(os.dup(2), "wb", buffering=0)  # raw descriptors are the log's


def to_log(run_name: bytes, text: bytes) -> bool:
    """What no client takes any more. Always False: it has not been taken."""
    log.write(b"[late output of %s] %s\n" % (run_name, text[:200]))
    return False


class Console:
    """The process's one console, as upstream has it: its owner draws what anybody writes."""

    owner = None


class Destination:
    default = None  # of threads that are bound to none

    def __init__(self, run):
        self.run = run

    @staticmethod
    def current():
        return getattr(bound, "destination", None) or Destination.default

    def write(self, fd: int, text: bytes) -> bool:
        shown_by = self
        if self.run.is_broken("console") and Console.owner is not None:
            shown_by = Console.owner
        run = shown_by.run
        if run.output.put(b"2" if fd == 2 else b"1", text, run.is_over):
            return True
        return to_log(run.name, text) if run.output.closed else False

    def acquire_console(self) -> None:
        Console.owner = self

    def release_console(self) -> None:
        if Console.owner is self:
            Console.owner = None


class Stream(io.RawIOBase):
    """A Python stream over a destination: of one run's, or (None) of whoever calls."""

    def __init__(self, fd: int, destination: Destination | None = None):
        self.number, self.destination = fd, destination

    def readable(self):
        return self.number == 0

    def writable(self):
        return self.number != 0

    def write(self, text):
        where = self.destination or Destination.current()
        if where is None:
            log.write(text)
        else:
            where.write(self.number, bytes(text))
        return len(text)

    def readinto(self, buffer):
        where = self.destination or Destination.current()
        got = where.run.read_stdin(len(buffer)) if where else b""
        buffer[:len(got)] = got
        return len(got)


class OwnStream(Ambient):
    """Nothing to do: the proxies find the run by its thread."""


class ProcessStream(Ambient):
    """stdio_as(), one of the three."""

    fd = 1
    name = "stdout"

    def enter(self):
        self.before = getattr(sys, self.name)
        setattr(sys, self.name, Stream(self.fd, self.run.destination))

    def leave(self):
        setattr(sys, self.name, self.before)


class ProcessStdin(ProcessStream):
    fd, name = 0, "stdin"


class ProcessStderr(ProcessStream):
    fd, name = 2, "stderr"


class Threads(Ambient):
    """How a run starts helper threads."""

    def enter(self):
        bound.destination = Destination.default = self.run.destination

    def leave(self):
        bound.destination = None
        if Destination.default is self.run.destination:
            Destination.default = None

    def start(self, work) -> threading.Thread:
        return self._start(work, None if self.run.is_broken("threads") else Destination.current())

    def start_late(self, work) -> threading.Thread:
        """One that outlives the run: upstream too hands it its destination."""
        return self._start(work, Destination.current())

    @staticmethod
    def _start(work, destination) -> threading.Thread:
        def body():
            bound.destination = destination
            work()

        thread = threading.Thread(target=body, daemon=True)
        thread.start()
        return thread


def install_proxies() -> None:
    sys.stdin, sys.stdout, sys.stderr = Stream(0), Stream(1), Stream(2)
