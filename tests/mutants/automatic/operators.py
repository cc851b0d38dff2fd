"""Which mutants a source has. Each is a set of insertions (and few replacements) that ask `$ON`, "this mutant is awake",
so that all of one file stand in it at once. A mutant may be wrong C++: the compiler says so, and it is dropped."""

import dataclasses
import hashlib
import re

JUMPS = {"return", "co_return", "break", "continue", "throw"}


@dataclasses.dataclass
class Mutant:
    operator: str
    start: int                  # of what it changes, in the text of the file
    end: int
    edits: list = dataclasses.field(default_factory=list)  # (start, end, before, after), or with a text for `replacement`
    file: str = ""
    line: int = 0
    last_line: int = 0
    text: str = ""
    id: str = ""

    def around(self, start, end, before, after):
        self.edits.append((start, end, before, after))
        return self

    def instead(self, start, end, replacement):
        self.edits.append((start, end, None, replacement))
        return self


def unguarded(mutant, start, end):
    """The statement from start to end is skipped when the mutant is awake."""
    return mutant.around(start, end, "{ if (!$ON) { ", " } }")


def of_calls(source, block, function):
    for statement in block:
        start, end = source.span(statement.first, statement.last)
        words = source.words(statement.first, statement.last)
        if words[:3] == ["std", "::", "terminate"]:
            continue  # what never returns: a function that then does is an error of the whole build only
        if statement.kind in ("call", "assign"):
            operator = "delete-await" if "co_await" in words else f"delete-{statement.kind}"
            yield unguarded(Mutant(operator, start, end), start, end)
        elif statement.kind == "jump" and words[0] == "return" and words[-2] == ")" and function.is_void:
            yield Mutant("delete-call", start, end).around(start, end, "{ if ($ON) return; ", " }")
        elif words[:2] in (["return", "true"], ["return", "false"]) and len(words) == 3:
            literal = source.tokens[statement.first + 1]
            before = "!$ON && " if literal.text == "true" else "$ON || "
            yield Mutant("flip-answer", start, end).around(literal.start, literal.end, before, "")
        if statement.kind == "call" and ".notify_all()" in source.text[start:end]:
            fewer = source.text[start:end].replace("_all", "_one")
            yield Mutant("notify-one", start, end).around(start, end, "{ if ($ON) { " + fewer + " } else { ", " } }")


def of_swaps(source, block, function):
    for first, second in zip(block, block[1:]):
        kinds = (first.kind, second.kind)
        both = source.text[source.tokens[first.first].start:source.tokens[second.last - 1].end]
        if not set(kinds) <= {"call", "assign"} or "//" in both or kinds == ("assign", "assign") and "(" not in both:
            continue  # plain assignments in another order are the same
        start, end = source.span(first.first, first.last)
        after = source.tokens[second.last - 1].end
        moved = " ".join(source.text[start:end].split())
        mutant = Mutant("swap-statements", start, after)
        unguarded(mutant, start, end).around(after, after, "", " { if ($ON) { " + moved + " } }")
        yield mutant


def of_conditions(source, block, function):
    for statement in block:
        if statement.kind not in ("if", "while") or statement.condition is None:
            continue
        first, last = statement.condition
        top = list(source.top_level(first, last))
        if any(source.tokens[index].text == ";" for index in top):
            first = next(index for index in top if source.tokens[index].text == ";") + 1
        words = source.words(first, last)
        if "=" in words or "co_await" in words:
            continue
        start, end = source.span(first, last)
        body = statement.body if statement.body.kind != "block" else None
        first_word = source.tokens[statement.body.first + (0 if body else 1)].text
        is_guard = statement.kind == "if" and statement.otherwise is None and first_word in JUMPS
        operator = "drop-guard" if is_guard else f"never-{statement.kind}"
        yield Mutant(operator, start, end).around(start, end, "!$ON && (", ")")
        if statement.kind == "if" and not is_guard:
            yield Mutant("always-if", start, end).around(start, end, "$ON || (", ")")


def of_operands(source, block, function):
    for statement in block:
        if statement.kind not in ("if", "while", "jump") or source.tokens[statement.first].text in ("co_return", "throw"):
            continue
        first, last = statement.condition or (statement.first + 1, statement.last - 1)
        top = [(index, source.tokens[index].text) for index in source.top_level(first, last)]
        signs = {text for _, text in top if text in ("&&", "||")}
        if len(signs) != 1 or {"?", "=", ";"} & {text for _, text in top} or "co_await" in source.words(first, last):
            continue
        sign = signs.pop()
        cuts = [first - 1] + [index for index, text in top if text == sign] + [last]
        for before, after in zip(cuts, cuts[1:]):
            start, end = source.span(before + 1, after)
            opening = "($ON || (" if sign == "&&" else "(!$ON && ("
            yield Mutant("drop-operand", start, end).around(start, end, opening, "))")


def of_loops(source, block, function):
    for statement in block:
        if statement.kind in ("while", "for"):
            start, end = source.span(statement.body.first, statement.body.last)
            yield Mutant("loop-once", *source.span(statement.first, statement.body.last)).around(start, end, "{ ", " if ($ON) break; }")


def of_locks(source, block, function):
    for at, statement in enumerate(block):
        start, end = source.span(statement.first, statement.last)
        text = source.text[start:end]
        if statement.kind == "declaration" and (found := re.search(r"std::lock_guard (\w+)\((\w+)\);", text)):
            guard = start + found.start()
            yield Mutant("drop-lock", start, end).instead(guard, end, f"::mutants::optional_guard {found[1]}({found[2]}, $ON);")
        if found := re.fullmatch(r"(\w+)\.unlock\(\);", text):
            for later in block[at + 1:]:
                span = source.span(later.first, later.last)
                if source.text[slice(*span)] == f"{found[1]}.lock();":
                    yield unguarded(unguarded(Mutant("widen-lock", start, span[1]), start, end), *span)


def of_locals(source, block, function):
    """A local that lives over a wait, shared by all runs of the function."""
    for at, statement in enumerate(block):
        rest = source.words(statement.last, block[-1].last)
        start, end = source.span(statement.first, statement.last)
        found = re.match(r"(?:const )?[\w:<>, ]+ (\w+)\s*(?=[=({;])", source.text[start:end])
        if statement.kind != "declaration" or not found or "_lock " in found[0] or "_guard " in found[0] or "static" in found[0]:
            continue
        if "co_await" in rest or "unlock" in rest:
            name = found[1]
            place = start + found.start(1)
            constant = "const " if found[0].startswith("const ") else ""
            yield Mutant("share-local", start, end).around(place, place + len(name), "", "_own").around(
                end, end, "", f" {constant}auto& {name} = ::mutants::shared_local<$NUMBER>({name}_own);")


def of_exchanges(source, block, function):
    for statement in block:
        if statement.kind in ("if", "while", "for", "switch"):
            first, last = statement.condition
        elif statement.kind in ("call", "assign", "declaration", "jump"):
            first, last = statement.first, statement.last
        else:
            continue
        start, end = source.span(first, last) if first < last else (0, 0)
        for found in re.finditer(r"std::exchange\(", source.text[start:end]):
            yield Mutant("test-without-set", start, end).instead(start + found.start(), start + found.end(), "::mutants::exchange<$NUMBER>(")


OPERATORS = [of_calls, of_swaps, of_conditions, of_operands, of_loops, of_locks, of_locals, of_exchanges]


def mutants_of(source, file):
    """In the order of the text. The id is of the file, the operator and the changed text: it survives other edits."""
    found = {}
    for function, block in source.blocks:
        for operator in OPERATORS if block else []:
            for mutant in operator(source, block, function):
                mutant.file = file
                mutant.line = source.text.count("\n", 0, mutant.start) + 1
                mutant.last_line = source.text.count("\n", 0, mutant.end) + 1
                mutant.text = " ".join(source.text[mutant.start:mutant.end].split())
                found[(mutant.operator, tuple(mutant.edits))] = mutant
    ordered = sorted(found.values(), key=lambda each: (each.start, each.end, each.operator))
    seen = {}
    for mutant in ordered:
        key = f"{file}|{mutant.operator}|{mutant.text}"
        seen[key] = seen.get(key, 0) + 1
        mutant.id = "A" + hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:8]
    return ordered


def with_mutants(text, numbered):
    """The text with the edits of all (number, mutant); line breaks stay where they are."""
    pieces = []  # (place, rank, tie, text)
    replaced = []
    for number, mutant in numbered:
        for start, end, before, after in mutant.edits:
            def filled(part):
                return part.replace("$ON", f"::mutants::is_on({number})").replace("$NUMBER", str(number))
            if before is None:
                replaced.append((start, end, filled(after)))
                continue
            pieces.append((start, 1, (-end, number), filled(before)))
            pieces.append((end, 0 if end > start else 0.5, (-start, -number), filled(after)))
    pieces += [(start, 2, (0, 0), new) for start, _, new in replaced]
    out, at = [], 0
    for place, _, _, new in sorted(pieces, key=lambda each: each[:3]):
        out.append(text[at:place] if place > at else "")
        out.append(new)
        at = max([place] + [end for start, end, _ in replaced if start == place and new == _])
    return "".join(out) + text[at:]
