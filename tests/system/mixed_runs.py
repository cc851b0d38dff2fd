#!/usr/bin/env python3
"""mixed_runs.py NAILD [RUNS]: runs of every kind, three in ten left early, eight at a time; prints the slope of what naild holds."""

import random
import socket
import struct
import sys
import threading
import time

from naild_support import Daemon, header, read_to_exit, resources

ROUNDS = 20
WORKERS = 8


def leave(wire, how):
    if how == "half-close":
        wire.shutdown(socket.SHUT_WR)
        read_to_exit(wire)
    elif how == "reset":
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.close()


def one_run(daemon, dice, faults):
    wire = daemon.connect()
    wire.settimeout(60)
    if dice.random() < 0.3:
        work = dice.choice(["hang", "flood", "cat"])
        words = ["puppet", "out x", work] if dice.random() < 0.9 else ["exec", "/bin/sleep", "60"]
        wire.sendall(header(*words))
        if words[0] == "puppet":
            wire.recv(1)
        leave(wire, dice.choice(["half-close", "close", "reset"]))
        return
    kind = dice.random()
    if kind < 0.05:
        words, code, output = ["exec", "/bin/echo", "x"], b"0", 2
    elif kind < 0.5:
        words, code, output = ["puppet", "stream 1 65536", "exit 3"], b"3", 65536
    else:
        words, code, output = ["puppet", "out x", "exit 7"], b"7", 1
    wire.sendall(header(*words))
    told = read_to_exit(wire)
    wire.close()
    if told != (code, output):
        faults.append((words, told))


def worker(daemon, seed, runs, faults):
    dice = random.Random(seed)
    for _ in range(runs):
        one_run(daemon, dice, faults)


def tick(daemon):
    """One more run served: it has had the time to see what happened before."""
    with daemon.connect() as wire:
        wire.settimeout(60)
        wire.sendall(header("puppet", "exit 0"))
        read_to_exit(wire)


def settled(daemon, at_start):
    """What it holds when its runs are over; children and sessions may need their grace."""
    until = time.monotonic() + 10
    while True:
        now = resources(daemon.child.pid)
        idle = now["children"] == 0 and now["zombies"] == 0 and (at_start is None or now["fds"] <= at_start["fds"])
        if idle or time.monotonic() > until:
            return now
        tick(daemon)


def main():
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    faults = []
    with Daemon(sys.argv[1], "--grace-ms=200") as daemon:
        start = settled(daemon, None)
        seen = []
        for turn in range(ROUNDS):
            threads = [threading.Thread(target=worker, args=(daemon, turn * WORKERS + i, runs // ROUNDS // WORKERS, faults))
                       for i in range(WORKERS)]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
            seen.append(settled(daemon, start))
    half = seen[ROUNDS // 2:]
    print(f"{runs} runs, {len(faults)} wrong")
    worst = 0
    for name in start:
        slope = (half[-1][name] - half[0][name]) / (len(half) - 1)
        print(f"{name}: start {start[name]}, first round {seen[0][name]}, last round {seen[-1][name]}, slope {slope:.2f} a round")
        worst = max(worst, slope / (64 if name == "rss_kib" else 1))
    for words, told in faults[:5]:
        print("wrong:", words, told)
    return 0 if not faults and worst < 1 and seen[-1]["fds"] <= start["fds"] else 1


sys.exit(main())
