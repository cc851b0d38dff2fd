"""The puppet as a command of this daemon: performs a script (reference/puppet/puppet.md). Whatever upstream takes from the
process, it takes from the process too, by way of the run's globals."""

import sys
from types import SimpleNamespace

from control import Control
from puppet_ops import Ops
from run import CommandFailed, Run

USAGE = 64
CONTROL_LOST = 70
CANCELLED = -1


class Ended(Exception):
    """The script is over, with this exit code."""


def puppet(run: Run) -> int:
    return Puppet(run).perform(run.request.arguments)


class Puppet(Ops):
    def __init__(self, run: Run, suffix: bytes = b"", ends_with_run: bool = True):
        self.run, self.suffix, self.ends_with_run = run, suffix, ends_with_run
        given = run.request.environment
        self.control = Control(given.get(b"NAILBITER_CONTROL"), run.name, run.changed)
        self.closed: set[int] = set()
        self.helpers: list = []
        # One that outlives its run keeps the streams that it was started with, as a log handler does: were it to look
        # sys.stdout up when it writes, no run lock would keep it out of the next run.
        self.kept = None if ends_with_run else SimpleNamespace(stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)
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

    def streams(self):
        return self.kept or sys

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

        def help_out():
            try:
                helper.perform(ops)
            except CommandFailed as failure:
                self.run.globals["exiter"].report(failure)

        return start(help_out)
