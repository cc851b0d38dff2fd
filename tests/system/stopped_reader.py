#!/usr/bin/env python3
"""stopped_reader.py NAILD: a client under SIGSTOP while its run writes 1 GiB; naild's memory and a neighbour's time."""

import os
import signal
import subprocess
import sys
import time

from naild_support import Daemon, header, read_to_exit, resources

GROWTH_KIB_MAX = 2048


def neighbour_seconds(daemon):
    began = time.monotonic()
    wire = daemon.connect()
    wire.sendall(header("puppet", "stream 1 1048576", "exit 3"))
    assert read_to_exit(wire) == (b"3", 1048576)
    wire.close()
    return time.monotonic() - began


def reader(path):
    """The client: says on standard output when the first bytes are here, then reads until it is stopped."""
    import socket
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(path)
    wire.sendall(header("puppet", "stream 1 1073741824", "exit 0"))
    wire.recv(1)
    os.write(1, b"reading\n")
    while wire.recv(65536):
        pass


def main():
    with Daemon(sys.argv[1]) as daemon:
        alone = min(neighbour_seconds(daemon) for _ in range(5))
        before = resources(daemon.child.pid)["rss_kib"]
        client = subprocess.Popen([sys.executable, __file__, "--reader", daemon.path], stdout=subprocess.PIPE)
        client.stdout.readline()
        os.kill(client.pid, signal.SIGSTOP)
        beside = min(neighbour_seconds(daemon) for _ in range(5))
        growth = resources(daemon.child.pid)["rss_kib"] - before
        client.kill()
        client.wait()
    print(f"1 GiB to a stopped client: naild grew by {growth} KiB; a neighbour's MiB takes {alone * 1e3:.1f} ms alone, "
          f"{beside * 1e3:.1f} ms beside it")
    return 0 if growth < GROWTH_KIB_MAX else 1


if sys.argv[1] == "--reader":
    reader(sys.argv[2])
else:
    sys.exit(main())
