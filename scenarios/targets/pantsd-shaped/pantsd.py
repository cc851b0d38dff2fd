#!/usr/bin/env python3
"""A daemon shaped as pantsd: one process, a thread a connection, and its globals. Standard library only.

    pantsd.py --listen unix:PATH|tcp:HOST:PORT --run-lock on|off [--fixed NAME,NAME|all]

PANTSD_SHAPED_FIXED has more names to fix. --switches lists them."""

import argparse
import os
import socket
import sys
import threading

import logs
import stdio
from puppet import puppet
from run_lock import RunLock
from session import Session
from switches import SWITCHES

THREAD_STACK_BYTES = 256 << 10
SWITCH_SECONDS = 0.0005  # a cancel goes through several threads


class Daemon:
    def __init__(self, fixed: set[str], run_lock: bool):
        self.broken = frozenset(SWITCHES) - fixed
        self.lock = RunLock(run_lock)
        self.commands = {b"puppet": puppet}

    def serve(self, door: socket.socket) -> None:
        while True:
            try:
                wire = door.accept()[0]
            except OSError as failed:  # out of descriptors: those that are open will close
                stdio.log.write(f"accept: {failed}\n".encode())
                continue
            threading.Thread(target=Session(wire, self).serve, daemon=True).start()


def listen(address: str) -> socket.socket:
    scheme, _, where = address.partition(":")
    if scheme == "unix":
        door = socket.socket(socket.AF_UNIX)
        door.bind(where)
    else:
        host, _, port = where.rpartition(":")
        door = socket.create_server((host, int(port)))
    door.listen(1024)
    return door


def fixed_names(*lists: str) -> set[str]:
    names = {name for each in lists for name in each.split(",") if name}
    if unknown := names - set(SWITCHES) - {"all"}:
        sys.exit(f"pantsd: no switch {', '.join(sorted(unknown))}; there are {', '.join(SWITCHES)}")
    return set(SWITCHES) if "all" in names else names


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--listen", metavar="ADDRESS")
    words.add_argument("--run-lock", choices=("on", "off"), default="on")
    words.add_argument("--fixed", metavar="NAMES", default="")
    words.add_argument("--switches", action="store_true")
    given = words.parse_args()
    if given.switches:
        for name, switch in SWITCHES.items():
            print(f"{name:<10} {switch.upstream:<7} {switch.what}")
        return
    daemon = Daemon(fixed_names(given.fixed, os.environ.get("PANTSD_SHAPED_FIXED", "")), given.run_lock == "on")
    threading.stack_size(THREAD_STACK_BYTES)
    sys.setswitchinterval(SWITCH_SECONDS)
    door = listen(given.listen)
    print("listening on", given.listen, flush=True)
    stdio.install_proxies()
    logs.install_root_logger()
    daemon.serve(door)


if __name__ == "__main__":
    main()
