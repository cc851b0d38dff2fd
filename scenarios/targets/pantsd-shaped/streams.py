"""The two ends of a run's stdio that touch its connection. One monitor a run guards both: everything that a run can wait
for notifies `changed`. Every queue has a bound."""

import collections
import os
import socket
import threading

from chunks import PIECE_BYTES, chunk

QUEUE_BYTES_MAX = 256 << 10
TCP_STDIN_BYTES_MAX = 64 << 20  # nobody sees a client leave behind bytes that are not read


class OutputQueue:
    """Whole chunks for one client, sent by a thread of its own; nothing follows `X`."""

    def __init__(self, wire: socket.socket, changed: threading.Condition):
        self.wire, self.changed = wire, changed
        self.chunks: collections.deque[bytes] = collections.deque()
        self.bytes = 0
        self.closed = self.gone = False

    def put(self, kind: bytes, payload: bytes, give_up) -> bool:
        """Waits for room. False: it was not taken, for the client has gone, `X` is queued, or `give_up()` holds."""
        for at in range(0, len(payload), PIECE_BYTES):
            piece = payload[at:at + PIECE_BYTES]
            with self.changed:
                self.changed.wait_for(lambda: self.bytes < QUEUE_BYTES_MAX or self.gone or self.closed or give_up())
                if self.gone or self.closed or self.bytes >= QUEUE_BYTES_MAX:
                    return False
                self._append(chunk(kind, piece))
        return True

    def is_full(self) -> bool:
        return self.bytes >= QUEUE_BYTES_MAX

    def grant_stdin(self) -> None:
        with self.changed:
            if not self.closed:
                self._append(chunk(b"S"))

    def close(self, code: int) -> None:
        """Queues `X`, beyond the bound if need be; the first one counts."""
        with self.changed:
            if not self.closed:
                self._append(chunk(b"X", str(code).encode()))
                self.closed = True

    def _append(self, whole: bytes) -> None:
        self.chunks.append(whole)
        self.bytes += len(whole)
        self.changed.notify_all()

    def send_all(self) -> None:
        """The thread: until `X` has been sent, or nobody takes it any more."""
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.chunks or self.closed or self.gone)
                if not self.chunks or self.gone:
                    return
                pending = b"".join(self.chunks)
                self.chunks.clear()
            try:
                self.wire.sendall(pending)
            except OSError:
                self.gone = True
            with self.changed:
                self.bytes -= len(pending)
                self.changed.notify_all()


class StdinPipe:
    """Bytes from the client to its run. `waker`: an eventfd that is written when there is room again."""

    def __init__(self, changed: threading.Condition, waker: int, bytes_max: int):
        self.changed, self.waker, self.bytes_max = changed, waker, bytes_max
        self.pieces: collections.deque[bytes] = collections.deque()
        self.bytes = 0
        self.granted = self.ended = self.closed = False

    def has_room(self) -> bool:
        return self.closed or self.bytes < self.bytes_max

    def feed(self, payload: bytes) -> None:
        with self.changed:
            if payload and not self.closed:
                self.pieces.append(payload)
                self.bytes += len(payload)
            self.changed.notify_all()

    def end(self) -> None:
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.closed, self.bytes = True, 0
            self.pieces.clear()
        os.eventfd_write(self.waker, 1)

    def is_dry(self) -> bool:
        return not (self.pieces or self.ended or self.closed)

    def read(self, bytes_max: int, give_up) -> bytes:
        """Empty: the end, or `give_up()` holds."""
        with self.changed:
            self.changed.wait_for(lambda: not self.is_dry() or give_up())
            taken = self.pieces.popleft() if self.pieces else b""
            if len(taken) > bytes_max:
                self.pieces.appendleft(taken[bytes_max:])
                taken = taken[:bytes_max]
            self.bytes -= len(taken)
        if taken:
            os.eventfd_write(self.waker, 1)
        return taken
