#!/usr/bin/env python3
"""64 blocking runs at once, 4 helper threads each, 1 GiB of self-identifying bytes in all: every byte where it belongs,
each thread's in its order, and how fast. Usage: blocking_runs.py NAILD [MIB_PER_THREAD]"""

import pathlib
import selectors
import socket
import struct
import subprocess
import sys
import tempfile
import time

RUNS, THREADS, LINE = 64, 4, 64


def chunk(kind, payload):
    return struct.pack(">IB", len(payload), ord(kind)) + payload


def request(run, size):
    words = [f"thread stream 1 {size}"] * THREADS + ["exit 3"]
    header = b"".join(chunk("A", word.encode()) for word in words)
    return header + chunk("E", f"NAILBITER_RUN={run}".encode()) + chunk("D", b"/") + chunk("C", b"puppet-blocking")


def receive_all(clients):
    """Each client's bytes up to the daemon's close."""
    waiting = selectors.DefaultSelector()
    for run, client in clients.items():
        waiting.register(client, selectors.EVENT_READ, run)
    received = {run: [] for run in clients}
    while waiting.get_map():
        for key, _ in waiting.select(60) or sys.exit("nothing came for 60 s"):
            piece = key.fileobj.recv(1 << 20)
            if piece:
                received[key.data].append(piece)
            else:
                waiting.unregister(key.fileobj)
    return {run: b"".join(pieces) for run, pieces in received.items()}


def streams_of(wire):
    """Payloads by type, in order."""
    found, at = {}, 0
    while at < len(wire):
        size, kind = struct.unpack_from(">IB", wire, at)
        found.setdefault(chr(kind), []).append(wire[at + 5:at + 5 + size])
        at += 5 + size
    return {kind: b"".join(parts) for kind, parts in found.items()}


def fault_of(run, wire, size):
    streams = streams_of(wire)
    if streams.get("X") != b"3" or "2" in streams:
        return f"X {streams.get('X')}, stderr {streams.get('2', b'')[:200]}"
    lines = streams["1"].split(b"\n")
    if lines.pop() or len(lines) != THREADS * size // LINE:
        return f"{len(lines)} lines"
    for thread in range(1, THREADS + 1):
        tag = b"NB %s/%d 1 " % (run.encode(), thread)
        own = [line for line in lines if line.startswith(tag)]
        if own != [(tag + b"%d" % offset).ljust(LINE - 1, b".") for offset in range(0, size, LINE)]:
            return f"thread {thread}: {len(own)} lines, lost or out of order"
    return None


def main():
    naild, mib = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4
    size = mib << 20
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "naild.sock")
        daemon = subprocess.Popen([naild, "--listen", f"unix:{path}", "--enable-puppet"], stdout=subprocess.PIPE)
        daemon.stdout.readline()
        clients = {f"r{n}": socket.socket(socket.AF_UNIX) for n in range(RUNS)}
        began = time.monotonic()
        for run, client in clients.items():
            client.connect(path)
            client.sendall(request(run, size))
        received = receive_all(clients)
        took = time.monotonic() - began
        for client in clients.values():
            client.close()
        daemon.terminate()
        code = daemon.wait(20)
    faults = [f"{run}: {fault}" for run in clients if (fault := fault_of(run, received[run], size))]
    total = RUNS * THREADS * size
    print(f"{RUNS} runs x {THREADS} threads: {total >> 20} MiB in {took:.2f} s = {total / took / 1e6:.0f} MB/s, {len(faults)} faults")
    for fault in faults[:5]:
        print(fault)
    sys.exit(1 if faults or code != 0 else 0)


main()
