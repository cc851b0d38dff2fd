#!/usr/bin/env python3
"""settle.py NAILBITER [MODE]: in settle mode each op that a client sends reaches the daemon in a read of its own.

The daemon here is this script with --serve ADDRESS LOG: it computes a while before each read, so that what is sent in a burst
lies there together; it logs what each read brought."""

import os
import socket
import subprocess
import sys
import tempfile

OPS = ["a", "bb", "ccc", "dddd"]

SCENARIO = """
id = "settle/each-alone"
title = "Ops that arrive one by one"
requires = ["F1"]
[axes]
transport = ["unix", "tcp"]
[[client]]
name = "a"
header = false
ops = [%s, "half-close", "until closed"]
expect = { ends = "no-answer" }
""" % ", ".join(f'"send {op}"' for op in OPS)


def compute():
    return sum(range(1_000_000))


def serve(address, log):
    kind, _, where = address.partition(":")
    if kind == "unix":
        door = socket.socket(socket.AF_UNIX)
        door.bind(where)
    else:
        host, _, port = where.rpartition(":")
        door = socket.create_server((host, int(port)))
    door.listen()
    print("listening", flush=True)
    while True:
        wire, _ = door.accept()
        while True:
            compute()
            try:
                got = wire.recv(4096)
            except ConnectionError:
                break
            if not got:
                break
            with open(log, "a", encoding="ascii") as out:
                out.write(got.decode() + "\n")
        wire.close()


def main():
    nailbiter, mode = sys.argv[1], (sys.argv[2:] or ["settle"])[0]
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "scenarios", "settle"))
        with open(os.path.join(folder, "scenarios", "settle", "each-alone.toml"), "w", encoding="utf-8") as out:
            out.write(SCENARIO)
        for address in ("unix", "tcp"):
            log = os.path.join(folder, address + ".log")
            subprocess.run([nailbiter, "run", f"settle/*[transport={address}]", "--mode", mode, "--scenarios", os.path.join(folder, "scenarios"),
                            "--out", os.path.join(folder, "out"), "--exec", os.path.abspath(__file__), "--serve", "{address}", log],
                           stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
            with open(log, encoding="ascii") as opened:
                reads = [read for read in opened.read().split() if "no-such-command" not in read]  # the liar probe's
            if reads != OPS:
                sys.exit(f"{address}: the daemon's reads brought {reads} where {OPS} were sent")
            print(f"{address}: {reads}")


if sys.argv[1] == "--serve":
    serve(sys.argv[2], sys.argv[3])
else:
    main()
