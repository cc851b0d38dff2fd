"""The statements of every function body in a C++ text, as far as mutants need them. It reads this project's style (one
clang-format, no macros with statements), not the language: what it cannot read raises, and is not guessed."""

import dataclasses

from tokens import partners, tokens_of

BODY_AFTER = {")", "const", "noexcept", "override", "final", "mutable", "}"}
TYPE_WORDS = {"class", "struct", "union", "namespace"}
JUMPS = {"return", "co_return", "break", "continue", "throw"}
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "|=", "&=", "^="}


@dataclasses.dataclass
class Statement:
    """`kind`: if, while, for, jump, block, call, assign, declaration or other. Places are token indices, ends excluded."""
    kind: str
    first: int
    last: int
    condition: tuple | None = None  # between the brackets
    body: "Statement | None" = None
    otherwise: "Statement | None" = None


@dataclasses.dataclass
class Function:
    is_void: bool


class Source:
    def __init__(self, text):
        self.text = text
        self.tokens = tokens_of(text)
        self.pairs = partners(self.tokens)
        self.blocks = []  # (Function, [Statement]): every sequence of statements
        self._scope(0, len(self.tokens))

    def words(self, first, last):
        return [token.text for token in self.tokens[first:last]]

    def span(self, first, last):
        """Places in the text of the tokens first to last (excluded)."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def top_level(self, first, last):
        """Indices that are inside no bracket of that range."""
        at = first
        while at < last:
            yield at
            at = self.pairs.get(at, at) + 1 if at in self.pairs else at + 1

    # Namespaces and classes.

    def _scope(self, at, end):
        start = at
        while at < end:
            word = self.tokens[at].text
            if word == ";":
                start = at + 1
            elif word == "{":
                close = self.pairs[at]
                head = list(self.top_level(start, at))
                texts = [self.tokens[index].text for index in head]
                if self._begins_function(texts, at):
                    self._block(Function(self._is_void(texts)), at + 1, close)
                    start = close + 1
                elif "(" not in texts and TYPE_WORDS & set(texts) and "enum" not in texts and "=" not in texts:
                    self._scope(at + 1, close)
                    start = close + 1
                at = close
            elif word in ("(", "["):
                at = self.pairs[at]
            at += 1

    def _begins_function(self, head, at):
        return "(" in head and (self.tokens[at - 1].text in BODY_AFTER or "->" in head) and "=" not in self._without_operator(head)

    @staticmethod
    def _without_operator(head):
        return [word for index, word in enumerate(head) if index == 0 or head[index - 1] != "operator"]

    @staticmethod
    def _is_void(head):
        name_ends = head.index("(")
        return "void" in head[:name_ends] and "*" not in head[:name_ends] or "~" in head[:name_ends]

    # Function bodies.

    def _block(self, function, at, end):
        found = []
        while at < end:
            statement = self._statement(function, at)
            found.append(statement)
            at = statement.last
        self.blocks.append((function, found))

    def _semicolon(self, at):
        while self.tokens[at].text != ";":
            at = self.pairs.get(at, at) + 1
        return at + 1

    def _statement(self, function, at):
        word = self.tokens[at].text
        if word == "{":
            self._block(function, at + 1, self.pairs[at])
            return Statement("block", at, self.pairs[at] + 1)
        if word in ("if", "while", "for", "switch"):
            return self._controlled(function, at, word)
        if word in ("case", "default"):
            while self.tokens[at].text != ":":
                at += 1
            return Statement("label", at, at + 1)
        if word == "try":
            last = self._statement(function, at + 1).last
            while self.tokens[last].text == "catch":
                last = self._statement(function, self.pairs[last + 1] + 1).last
            return Statement("try", at, last)
        if word in ("do", "goto", "else"):
            raise ValueError(f"a statement that this reader does not know: {word}")
        last = self._semicolon(at)
        self._lambdas(at, last)
        return Statement(self._kind(at, last), at, last)

    def _controlled(self, function, at, word):
        opening = at + 1 if self.tokens[at + 1].text == "(" else at + 2
        condition = (opening + 1, self.pairs[opening])
        self._lambdas(*condition)
        body = self._statement(function, self.pairs[opening] + 1)
        last, otherwise = body.last, None
        if body.kind != "block" and word != "switch":
            self.blocks.append((function, [body]))
        if word == "if" and last < len(self.tokens) and self.tokens[last].text == "else":
            otherwise = self._statement(function, last + 1)
            if otherwise.kind not in ("block", "if"):
                self.blocks.append((function, [otherwise]))
            last = otherwise.last
        kind = "constexpr if" if opening == at + 2 else word
        found = Statement(kind, at, last, condition, body, otherwise)
        if otherwise is not None and otherwise.kind == "if":
            self.blocks.append((function, [otherwise]))
        return found

    def _lambdas(self, at, end):
        """Blocks of the lambdas in an expression: their bodies follow a `)` or `]`, or what may stand after those."""
        while at < end:
            if self.tokens[at].text == "{" and self.tokens[at - 1].text in (")", "]", "mutable", "noexcept"):
                body = (at + 1, self.pairs[at])
                self._block(Function(is_void=False), *body)
                at = self.pairs[at]
            at += 1

    def _kind(self, first, last):
        words = self.words(first, last)
        if words[0] in JUMPS:
            return "jump"
        if words[0] in ("using", "static_assert", "assert", "typedef") or words == [";"]:
            return "other"
        at, top = first, [self.tokens[index].text for index in self.top_level(first, last)]
        if words[0] in ("co_await", "++", "--", "*", "(", "delete"):
            return "assign" if ASSIGNMENTS & set(top) or words[0] in ("++", "--") else "call"
        # A path a::b.c->d(..)[..] that ends in a call or is assigned to; else a type stands first.
        wants_name = True
        while at < last:
            token = self.tokens[at]
            if wants_name and token.kind == "word" or token.text in (".", "->", "::"):
                wants_name = token.kind != "word"
            elif token.text in ("(", "[") and not wants_name:
                at = self.pairs[at]
            elif token.text in ASSIGNMENTS or token.text in ("++", "--"):
                return "assign"
            elif token.text == ";":
                return "call"
            else:
                return "declaration"
            at += 1
        return "other"
