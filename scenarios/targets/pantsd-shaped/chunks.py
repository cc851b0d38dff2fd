"""Nailgun's chunks: a length, a type, a payload. Knows no session."""

import socket
import struct

CHUNK_BYTES_MAX = 1 << 20
PIECE_BYTES = 64 << 10
CLIENT_TYPES = b"AEDCH0."


class ProtocolError(Exception):
    """What the client is told on its stderr."""


def chunk(kind: bytes, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload


class ChunkReader:
    """Whole chunks out of a socket. `fill` reads once; `take` gives what is complete."""

    def __init__(self, wire: socket.socket):
        self.wire = wire
        self.held = b""

    def fill(self) -> bool:
        """False: the peer has ended its side, or is gone."""
        try:
            got = self.wire.recv(PIECE_BYTES)
        except OSError:
            return False
        self.held += got
        return bool(got)

    def take(self) -> tuple[bytes, bytes] | None:
        if len(self.held) < 5:
            return None
        size, kind = struct.unpack(">I", self.held[:4])[0], self.held[4:5]
        if kind not in CLIENT_TYPES:
            raise ProtocolError(f"no client sends a chunk of type {kind!r}")
        if size > CHUNK_BYTES_MAX:
            raise ProtocolError(f"a chunk of {size} bytes; {CHUNK_BYTES_MAX} are allowed")
        if len(self.held) < 5 + size:
            return None
        payload, self.held = self.held[5:5 + size], self.held[5 + size:]
        return kind, payload
