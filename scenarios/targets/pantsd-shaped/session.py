"""One client, from its connection to its end: the thread of the connection reads, another runs, a third writes."""

import os
import select
import socket
import threading
import time
import traceback

import stdio
from chunks import ChunkReader, ProtocolError, chunk
from request import read_request
from run import Run

LINGER_SECONDS = 1.0
UNKNOWN_COMMAND = 1


class Session:
    def __init__(self, wire: socket.socket, daemon):
        self.wire, self.daemon = wire, daemon
        self.reader = ChunkReader(wire)
        self.waker = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self.left = self.slipped = False

    def serve(self) -> None:
        try:
            request = read_request(self.reader)
        except ProtocolError as wrong:
            return self.refuse(wrong)
        run = Run(request, self.wire, self.daemon.broken, self.waker)
        writer = threading.Thread(target=run.output.send_all, daemon=True)
        worker = threading.Thread(target=self.work, args=(run,), daemon=True)
        writer.start()
        worker.start()
        self.feed(run)
        worker.join()
        run.stdin.close()  # what nobody has read
        writer.join()
        self.say_goodbye()

    def refuse(self, why: ProtocolError) -> None:
        try:
            self.wire.sendall(chunk(b"2", f"pantsd: {why}\n".encode()) + chunk(b"X", b"1"))
        except OSError:
            pass
        self.say_goodbye()

    def work(self, run: Run) -> None:
        command = self.daemon.commands.get(run.request.command)
        if command is None:
            run.output.put(b"2", b"pantsd: no such command: %s\n" % run.request.command, run.is_over)
            return run.finish(UNKNOWN_COMMAND)
        refusal = self.daemon.lock.acquire(run)
        if refusal:
            run.output.put(b"2", b"pantsd: %s\n" % refusal, lambda: False)
            return run.finish(run.cancel_code)
        try:
            run.perform(command)
        except Exception:  # of the daemon's own: its client has its `X`, and the others theirs
            stdio.log.write(traceback.format_exc().encode())
            run.finish(1)
        finally:
            self.daemon.lock.release()

    def feed(self, run: Run) -> None:
        """Chunks to the run until it is over. Without room for stdin it only watches for the client to leave."""
        poll = select.poll()
        poll.register(self.waker, select.POLLIN)
        while not (run.output.closed or self.left or self.slipped):
            room = run.stdin.has_room()
            poll.register(self.wire, select.POLLRDHUP | (select.POLLIN if room else 0))
            if room and self.take_chunk(run):
                continue
            ready = dict(poll.poll())
            if self.waker in ready:
                os.eventfd_read(self.waker)
            happened = ready.get(self.wire.fileno(), 0)
            if happened & select.POLLIN:
                self.left = not self.reader.fill()
            elif happened:
                self.left = True
        if self.left:
            run.client_left()
        run.stdin.end()

    def take_chunk(self, run: Run) -> bool:
        """False: no whole chunk is there."""
        try:
            got = self.reader.take()
            if got is not None:
                self.hand_over(run, *got)
            return got is not None
        except ProtocolError as wrong:
            if not run.over:
                run.output.put(b"2", f"pantsd: {wrong}\n".encode(), run.is_over)
                run.cancel(1)
            self.slipped = True
            return True

    @staticmethod
    def hand_over(run: Run, kind: bytes, payload: bytes) -> None:
        if kind == b"0":
            if not run.stdin.granted or run.stdin.ended:
                raise ProtocolError("stdin that was not asked for, or after its end")
            run.stdin.feed(payload)
        elif kind == b".":
            if not run.stdin.granted or run.stdin.ended:
                raise ProtocolError("an end of stdin that was not asked for, or a second one")
            run.stdin.end()
        elif kind != b"H":
            raise ProtocolError("a header chunk after the command")

    def say_goodbye(self) -> None:
        """Never closes over output that the client has still to read."""
        try:
            self.wire.shutdown(socket.SHUT_WR)
            until = time.monotonic() + LINGER_SECONDS
            while (rest := until - time.monotonic()) > 0:
                self.wire.settimeout(rest)
                if not self.wire.recv(65536):
                    break
        except OSError:
            pass
        self.wire.close()
        os.close(self.waker)
