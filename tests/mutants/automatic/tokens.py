"""C++ text as tokens with their places. Comments, preprocessor lines and blanks are no tokens. Knows no grammar."""

import dataclasses
import re

PATTERN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
      |(?P<directive>\#(?:[^\n\\]|\\.)*(?:\\\n[^\n]*)*)
      |(?P<string>(?:u8|[uUL])?R"(?P<mark>[^(]*)\(.*?\)(?P=mark)"|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+')
      |(?P<number>\d(?:[\w.]|'\w)*)
      |(?P<word>[A-Za-z_]\w*)
      |(?P<sign>::|->|\+\+|--|&&|\|\||[-+*/%&|^=!<>]=|\.\.\.|[^\s\w])""",
    re.VERBOSE | re.DOTALL)

OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


def tokens_of(text):
    found, at = [], 0
    while at < len(text):
        match = PATTERN.match(text, at)
        if not match:
            raise ValueError(f"no C++ token at {at}: {text[at:at + 20]!r}")
        kind = match.lastgroup if match.lastgroup != "mark" else "string"
        if kind not in ("skip", "directive"):
            found.append(Token(kind, match.group(), at, match.end()))
        at = match.end()
    return found


def partners(tokens):
    """Index of the closing bracket for that of each opening one."""
    pairs, open_ones = {}, []
    for index, token in enumerate(tokens):
        if token.text in OPENING and token.kind == "sign":
            open_ones.append(index)
        elif token.kind == "sign" and token.text in OPENING.values():
            if not open_ones or OPENING[tokens[open_ones[-1]].text] != token.text:
                raise ValueError(f"bracket at {token.start} closes nothing")
            pairs[open_ones.pop()] = index
    if open_ones:
        raise ValueError(f"bracket at {tokens[open_ones[-1]].start} stays open")
    return pairs
