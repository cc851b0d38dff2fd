#!/usr/bin/env python3
"""A daemon that knows no command and refuses each with 127; careful or careless about a chunk header that comes in pieces.

Usage: reader.py careful|careless unix:PATH | tcp:HOST:PORT

The careless one takes it that whoever has sent a byte of the five has sent them all, and drops what it cannot read.
"""
import socket
import struct
import sys
import threading


def chunk(kind, payload):
    return struct.pack(">I", len(payload)) + kind + payload


def command_of(connection, is_careful):
    """The payload of `C`; nothing when the client has left before it."""
    have = b""
    while got := connection.recv(1 << 16):
        have += got
        while len(have) >= 5:
            size, kind = struct.unpack(">Ic", have[:5])
            if len(have) < 5 + size:
                break
            payload, have = have[5:5 + size], have[5 + size:]
            if kind == b"C":
                return payload
        if len(have) < 5 and not is_careful:
            have = b""
    return None


def answer(connection, is_careful):
    with connection:
        try:
            command = command_of(connection, is_careful)
            if command is None:
                return
            connection.sendall(chunk(b"2", b"no command " + command + b"\n") + chunk(b"X", b"127"))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1 << 16):
                pass
        except OSError:
            pass  # the client has left


def main(how, address):
    kind, _, where = address.partition(":")
    host, _, port = where.rpartition(":")
    listener = socket.socket(socket.AF_UNIX if kind == "unix" else socket.AF_INET)
    listener.bind(where if kind == "unix" else (host, int(port)))
    listener.listen(512)
    while True:
        threading.Thread(target=answer, args=(listener.accept()[0], how == "careful"), daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
