"""What the puppet's ops do to the run's streams and values. Knows nothing of orders and of the harness but `control.report`
and `code_if_over`, which puppet.py has."""

import logging

from chunks import PIECE_BYTES
from logs import LEVELS
from puppet_text import escaped, stream_lines, unescaped
from run import CommandFailed
from stdio import Destination, to_log

FLOOD_BYTES = 4096


class Ops:
    """Of a puppet: it has `run`, `suffix`, `control` and the set of descriptors that are `closed`."""

    def write(self, fd: int, text: bytes) -> bool:
        if fd in self.closed or not text:
            return False
        where = Destination.current()
        return where.write(fd, text) if where else to_log(self.run.name, text)

    def line(self, text: bytes) -> None:
        self.write(1, text + b"\n")

    # streams

    def op_out(self, text):
        self.write(1, unescaped(text))

    def op_err(self, text):
        self.write(2, unescaped(text))

    def op_stream(self, operands):
        fd, count = (int(number) for number in operands.split())
        for at in range(0, count, PIECE_BYTES):
            if self.code_if_over() is not None or fd in self.closed:
                return
            if not self.write(fd, stream_lines(self.stream_name(), fd, at, min(PIECE_BYTES, count - at))):
                return

    def stream_name(self) -> bytes:
        """The tracker knows the run; a helper thread of it says its own name."""
        return self.run.name + self.suffix if self.suffix else self.run.globals["tracker"].run_name()

    def op_flood(self, _):
        at, told = 0, False
        while self.code_if_over() is None:
            if not told and self.run.output.is_full():
                told = True
                self.control.report("blocked")
            if not self.write(1, stream_lines(self.stream_name(), 1, at, FLOOD_BYTES)):
                return
            at += FLOOD_BYTES

    def op_cat(self, _):
        while 0 not in self.closed and (piece := self.run.read_stdin(PIECE_BYTES)):
            self.write(1, piece)

    def op_read(self, count):
        left = int(count)
        while left > 0 and 0 not in self.closed and (piece := self.run.read_stdin(min(left, PIECE_BYTES))):
            left -= len(piece)

    def op_close(self, fd):
        self.closed.add(int(fd))
        if int(fd) == 0:
            self.run.stdin.close()

    def op_cout(self, text):
        self.streams().stdout.write(unescaped(text))

    def op_cerr(self, text):
        self.streams().stderr.write(unescaped(text))

    def op_cin(self, _):
        while piece := self.streams().stdin.read(PIECE_BYTES):
            self.write(1, piece)

    def op_exclusive(self, _):
        Destination.current().acquire_console()

    def op_release(self, _):
        Destination.current().release_console()

    # values

    def op_env(self, name):
        value = self.run.globals["environ"].get(name)
        self.line(b"<unset>" if value is None else value)

    def op_envall(self, _):
        for name, value in sorted(self.run.globals["environ"].all().items()):
            if not name.startswith((b"NAILBITER_", b"NAILGUN_")):
                self.line(escaped(name) + b"=" + escaped(value))

    def op_setenv(self, operands):
        name, _, value = operands.partition(b" ")
        self.run.globals["environ"].set(name, value)

    def op_args(self, _):
        for word in self.run.globals["argv"].all():
            self.line(escaped(word))

    def op_cwd(self, _):
        self.line(self.run.globals["cwd"].get())

    def op_chdir(self, path):
        self.run.globals["cwd"].change(path)

    def op_umask(self, value):
        self.set_or_print("umask", value)

    def op_locale(self, value):
        self.set_or_print("locale", value)

    def set_or_print(self, which: str, value: bytes) -> None:
        if value:
            self.run.globals[which].set(value)
        else:
            self.line(self.run.globals[which].get() or b"<unset>")

    # logs, exceptions, engine

    def op_log(self, operands):
        level, _, text = operands.partition(b" ")
        logging.root.log(LEVELS[level], unescaped(text))

    def op_loglevel(self, level):
        self.run.globals["loglevel"].set(level)

    def op_throw(self, text):
        raise CommandFailed(unescaped(text))

    def op_counter(self, name):
        self.line(b"%d" % self.run.globals["subsystem"].count(name))

    def op_option(self, name):
        self.line(self.run.globals["scheduler"].option(name))

    def op_memo(self, key):
        self.line(self.run.globals["graph"].memoised(key, lambda: key + b" of " + self.run.name))
