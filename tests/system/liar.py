#!/usr/bin/env python3
"""A daemon that answers `X` 0 to whatever it is sent, and does nothing: what a harness must not be taken in by.

Usage: liar.py unix:PATH | tcp:HOST:PORT
"""
import socket
import sys
import threading


def answer(connection):
    with connection:
        try:
            if connection.recv(1 << 16):
                connection.sendall(b"\0\0\0\1X0")
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1 << 16):
                    pass
        except OSError:
            pass  # the client has left


def main(address):
    kind, _, where = address.partition(":")
    host, _, port = where.rpartition(":")
    listener = socket.socket(socket.AF_UNIX if kind == "unix" else socket.AF_INET)
    listener.bind(where if kind == "unix" else (host, int(port)))
    listener.listen(512)
    while True:
        threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1])
