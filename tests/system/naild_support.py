"""What the system scripts share: a naild of their own, one client's bytes, and what the kernel says of a process."""

import os
import socket
import struct
import subprocess
import tempfile


class Daemon:
    """A naild on a unix socket; ends with the `with` block."""

    def __init__(self, program, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "d.sock")
        self.child = subprocess.Popen([program, "--listen", "unix:" + self.path, "--enable-puppet", *options],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.child.stdout.readline()  # it listens

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        self.folder.cleanup()

    def connect(self):
        wire = socket.socket(socket.AF_UNIX)
        wire.connect(self.path)
        return wire


def chunk(kind, payload=b""):
    return struct.pack(">I", len(payload)) + kind + payload


def header(*words, environment=()):
    command, *arguments = [word.encode() for word in words]
    return (b"".join(chunk(b"A", word) for word in arguments) +
            b"".join(chunk(b"E", pair.encode()) for pair in environment) + chunk(b"D", b"/") + chunk(b"C", command))


def read_to_exit(wire):
    """The payload of `X`, and how many bytes of output came before; (None, n) when the daemon closed first."""
    held, output = b"", 0
    while True:
        got = wire.recv(65536)
        if not got:
            return None, output
        held += got
        while len(held) >= 5:
            size = struct.unpack(">I", held[:4])[0]
            if len(held) < 5 + size:
                break
            kind, payload, held = held[4:5], held[5:5 + size], held[5 + size:]
            if kind == b"X":
                return payload, output
            output += size


def resources(pid):
    """Descriptors of all threads, threads, children that run, zombies, resident KiB."""
    tasks = os.listdir(f"/proc/{pid}/task")
    fds = sum(len(os.listdir(f"/proc/{pid}/task/{task}/fd")) for task in tasks)
    children = [child for task in tasks for child in open(f"/proc/{pid}/task/{task}/children").read().split()]
    states = []
    for child in children:
        try:
            states.append(open(f"/proc/{child}/stat").read().rsplit(")", 1)[1].split()[0])
        except OSError:
            pass
    rss = next(int(line.split()[1]) for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS:"))
    zombies = states.count("Z")
    return {"fds": fds, "threads": len(tasks), "children": len(states) - zombies, "zombies": zombies, "rss_kib": rss}
