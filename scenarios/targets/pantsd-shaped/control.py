"""The puppet's line to the harness (reference/puppet/puppet.md): reports out, orders in, as lines of JSON."""

import collections
import json
import os
import socket
import threading


class Control:
    """What comes notifies `changed`. Without an address nobody orders and nothing is reported."""

    def __init__(self, address: bytes | None, run_name: bytes, changed: threading.Condition):
        self.run_name, self.changed = run_name, changed
        self.released: collections.Counter[str] = collections.Counter()
        self.ops: collections.deque[bytes] = collections.deque()
        self.exit_code: int | None = None
        self.dropped = False
        self.wire = connected(address.decode()) if address else None
        if self.wire:
            self.report("hello", pid=os.getpid())
            threading.Thread(target=self._read, daemon=True).start()

    def report(self, event: str, **members) -> None:
        if not self.wire:
            return
        line = json.dumps({"run": self.run_name.decode(), "ev": event, **members})
        try:
            self.wire.sendall(line.encode() + b"\n")
        except OSError:
            self._drop()

    def _read(self) -> None:
        try:
            for line in self.wire.makefile("rb"):
                order = json.loads(line)
                with self.changed:
                    if "go" in order:
                        self.released[order["go"]] += 1
                    elif "op" in order:
                        self.ops.append(order["op"].encode())
                    else:
                        self.exit_code = order["exit"]
                    self.changed.notify_all()
        except (OSError, ValueError):
            pass
        self._drop()

    def _drop(self) -> None:
        with self.changed:
            self.dropped = True
            self.changed.notify_all()

    def take_go(self, token: str) -> bool:
        if not self.released[token]:
            return False
        self.released[token] -= 1
        return True

    def close(self) -> None:
        if self.wire:
            try:
                self.wire.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.wire.close()


def connected(address: str) -> socket.socket:
    scheme, _, where = address.partition(":")
    if scheme == "unix":
        wire = socket.socket(socket.AF_UNIX)
        wire.connect(where)
        return wire
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)))
