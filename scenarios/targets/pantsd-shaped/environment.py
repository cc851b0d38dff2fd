"""What a run sees of its surroundings: variables, arguments, directory, umask, locale. Each twice: a value of the run, and
as upstream has it, the process's own, replaced when a run begins and put back when it ends."""

import os
import sys


class Ambient:
    """One global as a run uses it; `enter` and `leave` are the run's first and last act with it."""

    def __init__(self, run):
        self.run = run

    def enter(self) -> None:
        pass

    def leave(self) -> None:
        pass


class OwnEnviron(Ambient):
    def enter(self):
        self.values = dict(self.run.request.environment)

    def get(self, name: bytes) -> bytes | None:
        return self.values.get(name)

    def all(self) -> dict[bytes, bytes]:
        return dict(self.values)

    def set(self, name: bytes, value: bytes) -> None:
        self.values[name] = value


class ProcessEnviron(Ambient):
    """hermetic_environment_as()"""

    def enter(self):
        self.before = dict(os.environb)
        self._become(self.run.request.environment)

    def leave(self):
        self._become(self.before)

    @staticmethod
    def _become(values: dict[bytes, bytes]) -> None:
        os.environb.clear()
        for name, value in values.items():
            if name:  # the C library knows no variable without a name
                os.environb[name] = value

    def get(self, name):
        return os.environb.get(name)

    def all(self):
        return dict(os.environb)

    def set(self, name, value):
        os.environb[name] = value


class OwnArguments(Ambient):
    def all(self) -> list[bytes]:
        return self.run.request.arguments


class ProcessArguments(Ambient):
    def enter(self):
        self.before = sys.argv
        sys.argv = [os.fsdecode(word) for word in [self.run.request.command, *self.run.request.arguments]]

    def leave(self):
        sys.argv = self.before

    def all(self):
        return [os.fsencode(word) for word in sys.argv[1:]]


class OwnDirectory(Ambient):
    def enter(self):
        self.path = self.run.request.directory

    def get(self) -> bytes:
        return self.path

    def change(self, path: bytes) -> None:
        self.path = path


class ProcessDirectory(Ambient):
    def enter(self):
        self.before = os.getcwdb()
        self.change(self.run.request.directory)

    def leave(self):
        self.change(self.before)

    def get(self):
        return os.getcwdb()

    def change(self, path):
        try:
            os.chdir(path)
        except OSError:
            pass  # it stays where it is


class OwnText(Ambient):
    """A named value that a run may set; unset until it does."""

    def enter(self):
        self.value = b""

    def get(self) -> bytes:
        return self.value

    def set(self, value: bytes) -> None:
        self.value = value


class ProcessUmask(Ambient):
    def enter(self):
        self.before = os.umask(0o022)
        os.umask(self.before)

    def leave(self):
        os.umask(self.before)

    def get(self):
        now = os.umask(0o022)
        os.umask(now)
        return b"" if now == self.before else b"%03o" % now

    def set(self, value):
        os.umask(int(value, 8))


class ProcessLocale(Ambient):
    """Its name only: the machine may have no locale but C."""

    current = b""

    def enter(self):
        self.before = ProcessLocale.current

    def leave(self):
        ProcessLocale.current = self.before

    def get(self):
        return ProcessLocale.current

    def set(self, value):
        ProcessLocale.current = value
