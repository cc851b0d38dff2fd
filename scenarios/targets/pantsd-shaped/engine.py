"""What runs share of the build engine: the cancel of a session, subsystems, the run tracker, the scheduler, the graph. As
upstream has them (one for the process, reset or replaced by each run), or kept apart by run or by options."""

import threading
import weakref

from environment import Ambient

OPTION_PREFIX = b"NAILBITER_OPTION_"


class OwnSession(Ambient):
    def cancel(self) -> None:
        self.run.cancel()


class ProcessSession(Ambient):
    """A cancel is a signal to the process: whatever runs has it."""

    running: set = set()

    def enter(self):
        ProcessSession.running.add(self.run)

    def leave(self):
        ProcessSession.running.discard(self.run)

    def cancel(self):
        for run in list(ProcessSession.running):
            run.cancel()


class OwnSubsystem(Ambient):
    def enter(self):
        self.counts: dict[bytes, int] = {}

    def count(self, name: bytes) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]


class ProcessSubsystem(OwnSubsystem):
    """Subsystem.global_instance()"""

    instances: dict[bytes, int] = {}

    def enter(self):
        ProcessSubsystem.instances.clear()
        self.counts = ProcessSubsystem.instances


class OwnTracker(Ambient):
    def run_name(self) -> bytes:
        return self.run.name


class ProcessTracker(Ambient):
    current = b"-"

    def enter(self):
        ProcessTracker.current = self.run.name

    def run_name(self):
        return ProcessTracker.current


def options_of(run) -> dict[bytes, bytes]:
    given = run.request.environment.items()
    return {name[len(OPTION_PREFIX):]: value for name, value in given if name.startswith(OPTION_PREFIX)}


class Scheduler:
    def __init__(self, options: dict[bytes, bytes]):
        self.options = options


class OwnScheduler(Ambient):
    """By its options, alive as long as a run holds it."""

    lock = threading.Lock()
    alive: "weakref.WeakValueDictionary[frozenset, Scheduler]" = weakref.WeakValueDictionary()

    def enter(self):
        options = options_of(self.run)
        with OwnScheduler.lock:
            self.scheduler = OwnScheduler.alive.setdefault(frozenset(options.items()), Scheduler(options))

    def option(self, name: bytes) -> bytes:
        return self.scheduler.options.get(name, b"<unset>")


class ProcessScheduler(Ambient):
    """PantsDaemonCore.prepare(): one slot; a run with other options replaces it under everybody else."""

    lock = threading.Lock()
    slot = Scheduler({})

    def enter(self):
        options = options_of(self.run)
        if ProcessScheduler.slot.options != options:  # compared outside the lock
            with ProcessScheduler.lock:
                ProcessScheduler.slot = Scheduler(options)

    def option(self, name):
        return ProcessScheduler.slot.options.get(name, b"<unset>")


class Graph(Ambient):
    """Memoised results. One that depends on its run is keyed by the run's id; upstream forgot, and clears the graph when a
    run begins."""

    lock = threading.Lock()
    results: dict[tuple, bytes] = {}

    def enter(self):
        if self.run.is_broken("graph"):
            Graph.results.clear()

    def leave(self):
        with Graph.lock:
            for key in [key for key in Graph.results if key[1] == self.run.id]:
                del Graph.results[key]

    def memoised(self, key: bytes, compute) -> bytes:
        owner = None if self.run.is_broken("graph") else self.run.id
        with Graph.lock:
            if (key, owner) not in Graph.results:
                Graph.results[key, owner] = compute()
            return Graph.results[key, owner]
