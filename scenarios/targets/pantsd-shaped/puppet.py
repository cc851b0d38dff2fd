"""The puppet as a command of this daemon: performs a script (reference/puppet/puppet.md). Whatever upstream takes from the
process, it takes from the process too, by way of the run's globals."""

import logging
import sys

from chunks import PIECE_BYTES
from control import Control
from logs import LEVELS
from puppet_text import escaped, stream_lines, unescaped
from run import CommandFailed, Run
from stdio import Destination, to_log

USAGE = 64
CONTROL_LOST = 70
CANCELLED = -1
FLOOD_BYTES = 4096


class Ended(Exception):
    """The script is over, with this exit code."""


def puppet(run: Run) -> int:
    return Puppet(run).perform(run.request.arguments)


class Puppet:
    def __init__(self, run: Run, suffix: bytes = b"", ends_with_run: bool = True):
        self.run, self.suffix, self.ends_with_run = run, suffix, ends_with_run
        given = run.request.environment
        self.control = Control(given.get(b"NAILBITER_CONTROL"), run.name, run.changed)
        self.closed: set[int] = set()
        self.helpers: list = []
        self.started = 0

    def perform(self, script: list[bytes]) -> int:
        code = 0
        try:
            for op in script:
                self.obey()
                self.do(op)
        except Ended as ended:
            code = ended.args[0]
        except Exception:  # the command's own, or a fault here: nobody may wait for its reports
            self.leave(USAGE)
            raise
        self.leave(code)
        return code

    def leave(self, code: int) -> None:
        for helper in self.helpers:
            helper.join()
        if self.is_cancelled():
            self.control.report("cancelled")
        self.control.report("exit", code=code)
        self.control.close()

    def is_cancelled(self) -> bool:
        return self.ends_with_run and self.run.cancelled

    def code_if_over(self) -> int | None:
        if self.is_cancelled():
            return CANCELLED
        if self.control.exit_code is not None:
            return self.control.exit_code
        return CONTROL_LOST if self.control.dropped else None

    def obey(self) -> None:
        while True:
            code = self.code_if_over()
            if code is not None:
                raise Ended(code)
            if not self.control.ops:
                return
            self.do(self.control.ops.popleft())

    def do(self, op: bytes) -> None:
        word, _, rest = op.partition(b" ")
        known = getattr(self, "op_" + word.decode("ascii", "replace"), None)
        if known is None:
            self.write(2, b"puppet: unknown op %s\n" % word)
            raise Ended(USAGE)
        known(rest)

    def write(self, fd: int, text: bytes) -> bool:
        if fd in self.closed or not text:
            return False
        where = Destination.current()
        return where.write(fd, text) if where else to_log(self.run.name, text)

    def line(self, text: bytes) -> None:
        self.write(1, text + b"\n")

    def await_order(self, awaited=lambda: False) -> None:
        with self.run.changed:
            self.run.changed.wait_for(lambda: awaited() or self.control.ops or self.code_if_over() is not None)

    # order

    def op_wait(self, token, event="at", key="token"):
        name = token.decode()
        if not self.control.wire:
            self.run.read_stdin(1)
            return
        self.control.report(event, **{key: name})
        while True:
            self.obey()
            if self.control.take_go(name):
                return
            self.await_order(lambda: self.control.released[name])

    def op_barrier(self, name):
        self.op_wait(name, "barrier", "name")

    def op_deaf(self, token):
        name = token.decode()
        self.control.report("at", token=name)
        with self.run.changed:
            self.run.changed.wait_for(
                lambda: self.control.take_go(name) or self.control.dropped or self.control.exit_code is not None)

    def op_hang(self, _):
        while True:
            self.obey()
            self.await_order()

    def op_exit(self, code):
        raise Ended(int(code))

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
        sys.stdout.write(unescaped(text))

    def op_cerr(self, text):
        sys.stderr.write(unescaped(text))

    def op_cin(self, _):
        while piece := sys.stdin.read(PIECE_BYTES):
            self.write(1, piece)

    def op_exclusive(self, _):
        Destination.current().acquire_console()

    def op_release(self, _):
        Destination.current().release_console()

    # threads

    def op_thread(self, script):
        self.helpers.append(self.help_with(script, ends_with_run=True))

    def op_late(self, operands):
        token, _, script = operands.partition(b" ")
        self.help_with(b"wait " + token + b";" + script, ends_with_run=False)

    def help_with(self, script: bytes, ends_with_run: bool):
        self.started += 1
        helper = Puppet(self.run, b"/%d" % self.started, ends_with_run)
        ops = [op.strip() for op in script.split(b";")]
        start = self.run.globals["threads"].start if ends_with_run else self.run.globals["threads"].start_late
        return start(lambda: helper.perform(ops))

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
