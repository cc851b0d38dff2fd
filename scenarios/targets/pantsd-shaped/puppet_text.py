"""The puppet's bytes: C escapes, and lines that name their run."""

import re

LINE_BYTES = 64
ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|.)", re.DOTALL)
PLAIN = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"0": b"\0"}


def unescaped(text: bytes) -> bytes:
    def raw(found):
        kind = found.group(1)
        return bytes([int(kind[1:], 16)]) if len(kind) == 3 else PLAIN.get(kind, kind)

    return ESCAPE.sub(raw, text)


def escaped(raw: bytes) -> bytes:
    def shown(byte):
        if byte == 0x5c:
            return b"\\\\"
        if byte == 0x0a:
            return b"\\n"
        return bytes([byte]) if 0x20 <= byte <= 0x7e else b"\\x%02x" % byte

    return b"".join(map(shown, raw))


def stream_lines(run: bytes, fd: int, offset: int, count: int) -> bytes:
    """Bytes [offset, offset + count) of "NB <run> <fd> <offset>" lines; `offset` is the beginning of one."""
    lines = []
    for at in range(offset, offset + count, LINE_BYTES):
        lines.append((b"NB %s %d %d" % (run, fd, at)).ljust(LINE_BYTES - 1, b".")[:LINE_BYTES - 1] + b"\n")
    return b"".join(lines)[:count]
