"""What a client asks for: its header, from the first chunk to `C`."""

from dataclasses import dataclass, field

from chunks import ChunkReader, ProtocolError

HEADER_BYTES_MAX = 8 << 20


@dataclass
class Request:
    command: bytes = b""
    arguments: list[bytes] = field(default_factory=list)
    environment: dict[bytes, bytes] = field(default_factory=dict)
    directory: bytes = b""


def read_request(reader: ChunkReader) -> Request:
    """Raises ProtocolError for whatever is wrong with the header, also its end before `C`."""
    asked, total = Request(), 0
    while True:
        got = reader.take()
        if got is None:
            if not reader.fill():
                raise ProtocolError("the header ended before its command")
            continue
        kind, payload = got
        total += len(payload)
        if total > HEADER_BYTES_MAX:
            raise ProtocolError("the header is too long")
        if kind in b"AEDC" and b"\0" in payload:
            raise ProtocolError("a NUL in the header")
        if kind == b"C":
            return finished(asked, payload)
        add(asked, kind, payload)


def add(asked: Request, kind: bytes, payload: bytes) -> None:
    if kind == b"A":
        asked.arguments.append(payload)
    elif kind == b"E":
        name, equals, value = payload.partition(b"=")
        if not equals:
            raise ProtocolError("an environment chunk without '='")
        asked.environment[name] = value
    elif kind == b"D":
        asked.directory = payload
    elif kind != b"H":
        raise ProtocolError("stdin before the command")


def finished(asked: Request, command: bytes) -> Request:
    if not asked.directory.startswith(b"/"):
        raise ProtocolError("no absolute working directory")
    asked.command = command
    return asked
