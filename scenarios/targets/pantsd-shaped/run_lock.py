"""The run lock: one run at a time, first come first served. A client that leaves while it waits, or waits too long, is told
why on its stderr. Off: everybody may go."""

import collections
import threading

WAIT_SECONDS_DEFAULT = 60.0
MESSAGE_SECONDS = 5.0
REFUSED = 75  # as naild refuses: try again later
CANCELLED = -1


def wait_limit(run) -> float | None:
    given = run.request.environment.get(b"PANTSD_REQUEST_TIMEOUT_LIMIT", b"")
    try:
        seconds = float(given)
    except ValueError:
        seconds = WAIT_SECONDS_DEFAULT
    return seconds if seconds > 0 else None


class RunLock:
    def __init__(self, on: bool):
        self.on = on
        self.guard = threading.Lock()
        self.queue: collections.deque = collections.deque()  # the runs; the first has the lock

    def acquire(self, run) -> bytes:
        """Empty: the run may go. Else why not, and `release` is not to be called."""
        if not self.on:
            return b""
        with self.guard:
            self.queue.append(run)
        waited, limit = 0.0, wait_limit(run)
        while not self._wait(run, MESSAGE_SECONDS if limit is None else min(MESSAGE_SECONDS, limit - waited)):
            waited += MESSAGE_SECONDS
            if limit is not None and waited >= limit:
                return self._give_up(run, REFUSED, b"timed out waiting for another run to end")
            run.output.put(b"2", b"pantsd: waiting for another run to end\n", run.is_over)
        return self._give_up(run, CANCELLED, b"cancelled while waiting for another run to end") if run.cancelled else b""

    def _wait(self, run, seconds: float) -> bool:
        with run.changed:
            return run.changed.wait_for(lambda: run.cancelled or self.queue[0] is run, seconds)

    def _give_up(self, run, code: int, why: bytes) -> bytes:
        self._leave(run)
        run.cancel(code)
        return why

    def release(self) -> None:
        if self.on:
            self._leave(self.queue[0])

    def _leave(self, run) -> None:
        with self.guard:
            self.queue.remove(run)
            following = self.queue[0] if self.queue else None
        if following is not None:
            with following.changed:
                following.changed.notify_all()
