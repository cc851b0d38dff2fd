#!/usr/bin/env python3
"""A nailgun daemon to begin from: runs programs, and nothing else. Usage: daemon.py unix:PATH | tcp:HOST:PORT

One thread a session, one poll loop in it, nothing shared between sessions. All that waits has a bound or a deadline, and
the loop watches the client at all times, so that no cancel is lost. The protocol: reference/protocol.md.
"""
import os, select, signal, socket, struct, subprocess, sys, threading, time

CHUNK_MAX, HEADER_MAX = 1 << 20, 8 << 20          # bytes
OUT_MAX = 256 << 10                               # bytes of output that a client has not taken
STDIN_MAX = {socket.AF_UNIX: 256 << 10, socket.AF_INET: 64 << 20}  # on TCP a leave behind unread bytes cannot be seen
SESSIONS_MAX = 128                                # the others wait in the listener's backlog
HEADER_S, HEARTBEAT_S, GRACE_S, ORPHAN_S, LINGER_S = 10, 10, 3, 0.25, 1


class Session:
    def __init__(self, sock):
        self.sock, self.inbox, self.out, self.stdin = sock, bytearray(), bytearray(), bytearray()
        self.args, self.env, self.cwd, self.command, self.header_bytes = [], {}, None, None, 0
        self.granted = self.stdin_ended = self.left = self.gone = False  # left: it sends no more; gone: nor does it read
        self.owed = 0        # stdin chunks that the program has not read; each is worth an `S`
        self.heard = None    # when it last sent anything; None until its first heartbeat
        self.slip = None     # what it did wrong; nothing that it sends is looked at after that
        self.pipes, self.program, self.pidfd, self.ended = {}, None, None, False
        sock.setblocking(False)

    def serve(self):
        deadline = time.monotonic() + HEADER_S
        while self.command is None and not self.left and not self.slip:
            if not self.turn(deadline): self.slip = "the header took too long"
        code = self.refusal() or self.run()
        if self.slip: code = (self.say(self.slip), 1)[1]
        self.send(b"X", b"%d" % code)
        while self.out and not self.gone: self.turn(None)
        deadline = time.monotonic() + LINGER_S   # never close on unread input: that would reset what is under way
        if not self.gone: self.sock.shutdown(socket.SHUT_WR)
        while not (self.left or self.gone) and self.turn(deadline): pass
        self.sock.close()

    # -- what goes in and out

    def send(self, kind, payload=b""):
        if not self.gone: self.out += struct.pack(">Ic", len(payload), kind) + payload

    def say(self, text): self.send(b"2", text.encode() + b"\n")

    def turn(self, deadline):
        """Waits for something to happen and deals with it; False when the deadline came first."""
        poll, room = select.poll(), len(self.stdin) < STDIN_MAX[self.sock.family]
        wanted = (0 if self.left else select.POLLIN if room or self.slip else select.POLLRDHUP) | (select.POLLOUT if self.out else 0)
        if wanted and not self.gone: poll.register(self.sock, wanted)
        if self.stdin: poll.register(self.program.stdin, select.POLLOUT)
        if len(self.out) < OUT_MAX or self.gone:
            for fd in self.pipes: poll.register(fd, select.POLLIN)
        if self.pidfd is not None and not self.ended: poll.register(self.pidfd, select.POLLIN)
        wait_ms = None if deadline is None else max(0, deadline - time.monotonic()) * 1000
        happened = poll.poll(wait_ms)
        if self.heard and not room: self.heard = time.monotonic()   # unread, not silent
        for fd, what in happened:
            if fd == self.sock.fileno(): self.client_moved(what, wanted)
            elif fd == self.pidfd: self.ended = True
            elif fd in self.pipes: self.take_output(fd)
            else: self.feed()
        return bool(happened)

    def client_moved(self, what, wanted):
        try:
            if what & select.POLLOUT: del self.out[:self.sock.send(self.out)]
            if what & select.POLLRDHUP: self.left = True
            elif wanted & select.POLLIN and what & ~select.POLLOUT: self.take_input()
        except BlockingIOError: pass
        except OSError: self.left = self.gone = True   # reset, or closed for reading too
        if self.gone: self.out.clear()

    def take_input(self):
        data = self.sock.recv(65536)
        self.left = not data
        if self.heard: self.heard = time.monotonic()
        if self.slip or self.ended: return
        self.inbox += data
        while len(self.inbox) >= 5 and not self.slip:
            size, kind = struct.unpack_from(">Ic", self.inbox)
            if size > CHUNK_MAX: self.slip = "a chunk of %d bytes is too long" % size
            if size > CHUNK_MAX or len(self.inbox) < 5 + size: return
            payload = bytes(self.inbox[5:5 + size])
            del self.inbox[:5 + size]
            self.slip = self.take_chunk(kind, payload) if self.command else self.take_header(kind, payload)

    def take_header(self, kind, payload):
        self.header_bytes += 5 + len(payload)
        if self.header_bytes > HEADER_MAX: return "the header is too long"
        if kind == b"H": self.heard = time.monotonic()
        elif kind not in (b"A", b"E", b"D", b"C"): return "a chunk of type %r has no place in a header" % kind
        elif b"\0" in payload: return "a NUL in a header chunk"
        elif kind == b"A": self.args.append(payload)
        elif kind == b"D": self.cwd = payload
        elif kind == b"C": self.command = payload or b"?"
        elif b"=" not in payload: return "an environment entry without ="
        else: self.env.__setitem__(*payload.split(b"=", 1))

    def take_chunk(self, kind, payload):
        if kind == b"H": self.heard = time.monotonic()
        elif kind not in (b"0", b".") : return "a chunk of type %r has no place after the command" % kind
        elif not self.granted or self.stdin_ended: return "stdin before S or after its end"
        elif kind == b".": self.stdin_ended = True
        elif self.program.stdin.closed: pass             # the program reads no more
        else:
            self.stdin += payload
            self.owed += 1
        if not self.stdin and not self.slip: self.feed()

    # -- the program

    def refusal(self):
        """The exit code of a command that is not run, with its reason sent; None when it can be run."""
        if self.slip: return 1
        if self.command is None: self.slip = "the header ended before its command"
        elif not self.cwd or not self.cwd.startswith(b"/"): self.slip = "the header names no absolute directory"
        elif self.command != b"exec" or not self.args: return self.say("no such command: " + repr(self.command)) or 127
        return 1 if self.slip else None

    def run(self):
        try:
            self.program = subprocess.Popen(self.args, bufsize=0, env=self.env, cwd=self.cwd, start_new_session=True,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except OSError as why:
            where = "the directory " if why.filename == self.cwd else ""
            self.say("cannot run %s%s: %s" % (where, os.fsdecode(why.filename or self.args[0]), why.strerror))
            return 127 if isinstance(why, FileNotFoundError) and not where else 126
        os.set_blocking(self.program.stdin.fileno(), False)
        self.pidfd = os.pidfd_open(self.program.pid)
        self.pipes = {self.program.stdout.fileno(): b"1", self.program.stderr.fileno(): b"2"}
        self.granted = True
        self.send(b"S")
        return self.watch()

    def watch(self):
        kill_at = orphan_at = None
        while self.pipes or not self.ended:
            now = time.monotonic()
            silent_at = self.heard and self.heard + HEARTBEAT_S
            if silent_at and now >= silent_at: self.left = True
            if (self.left or self.slip) and kill_at is None and not self.ended:
                kill_at = now + GRACE_S
                os.killpg(self.program.pid, signal.SIGINT)
            elif kill_at and now >= kill_at and not self.ended:
                kill_at = now + GRACE_S
                os.killpg(self.program.pid, signal.SIGKILL)
            if self.ended and orphan_at is None: orphan_at = now + ORPHAN_S
            moved = self.turn(orphan_at or kill_at or silent_at)
            if orphan_at and not moved: break             # somebody else keeps the pipe open
        os.killpg(self.program.pid, signal.SIGKILL)       # what is left of it; not reaped yet, so the number is still its own
        os.close(self.pidfd)
        for pipe in (self.program.stdin, self.program.stdout, self.program.stderr): pipe.close()
        self.pipes, self.stdin = {}, bytearray()
        return self.program.wait()                        # negative: the signal that it died by

    def take_output(self, fd):
        data = os.read(fd, 65536)
        if data: self.send(self.pipes[fd], data)
        else: del self.pipes[fd]

    def feed(self):
        try:
            if self.stdin: del self.stdin[:os.write(self.program.stdin.fileno(), self.stdin)]
        except BlockingIOError: return
        except BrokenPipeError:
            self.stdin, self.owed = bytearray(), 0
            self.program.stdin.close()
        if self.stdin: return
        for _ in range(self.owed): self.send(b"S")
        self.owed = 0
        if self.stdin_ended: self.program.stdin.close()


def main(address):
    kind, _, where = address.partition(":")
    os.umask(0o077)                                       # the socket is its owner's from the first moment
    listener = socket.socket(socket.AF_UNIX if kind == "unix" else socket.AF_INET)
    host, _, port = where.rpartition(":")
    listener.bind(where if kind == "unix" else (host, int(port)))
    listener.listen(512)
    os.umask(0o022)
    name = where if kind == "unix" else "%s:%d" % listener.getsockname()
    print("listening on %s:%s" % (kind, name), flush=True)
    slots = threading.BoundedSemaphore(SESSIONS_MAX)

    def session(sock):
        try: Session(sock).serve()
        finally: slots.release()

    while True:
        slots.acquire()
        threading.Thread(target=session, args=(listener.accept()[0],), daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1])
