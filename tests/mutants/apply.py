#!/usr/bin/env python3
"""Makes a copy of the source tree in which every mutant of the catalogue is present and asleep.

One build carries all of them; NAILBITER_MUTANT=ID or ID:HOPS wakes one. The originals keep no trace of it.
A mutant is tests/mutants/catalogue/<ID>.toml: id, family, title, events, case (where it shows), checker and one or more
[[edit]] tables with file, find and replace. `find` must stand exactly once in the original file; in `replace`, $ON is
"this mutant is awake", $HOPS its number of hops and $WRONG(condition) the condition, noting that it held. What several mutants need stands in tests/mutants/support/: headers,
and in edits.toml edits of the same form, applied after those of the mutants.
"""

import argparse
import pathlib
import sys
import tomllib

import copied_tree

TESTS = ["tests/laws"]  # what laws_held.py holds the mutants against


def fail(text):
    sys.exit(f"apply.py: {text}")


def load(folder):
    mutants = []
    for path in sorted(folder.glob("*.toml")):
        mutant = tomllib.loads(path.read_text())
        if mutant.get("id") != path.stem:
            fail(f"{path.name}: id must be {path.stem}")
        mutants.append(mutant)
    if not mutants:
        fail(f"no mutant in {folder}")
    return mutants + [{"id": "support", **tomllib.loads((folder.parent / "support/edits.toml").read_text())}]


def with_switch(text):
    """The include goes before the file's first include, where no namespace is open."""
    at = text.index("#include ")
    return text[:at] + '#include "mutants.hpp"\n#include "planted_threads.hpp"\n#include "planted_world.hpp"\n' + text[at:]


def edited_files(root, mutants):
    originals, edited = {}, {}
    for mutant in mutants:
        for edit in mutant["edit"]:
            name = edit["file"]
            if name not in originals:
                originals[name] = (root / name).read_text()
                edited[name] = originals[name]
            find = edit["find"]
            if originals[name].count(find) != 1:
                fail(f"{mutant['id']}: its text stands {originals[name].count(find)} times in {name}, not once: {find!r}")
            if edited[name].count(find) != 1:
                fail(f"{mutant['id']}: another mutant has changed the same text in {name}: {find!r}")
            on = f'::mutants::on("{mutant["id"]}")'
            replacement = edit["replace"].replace("$ON", on).replace("$HOPS", "::mutants::hops()").replace("$WRONG(", "::mutants::wrong(")
            edited[name] = edited[name].replace(find, replacement)
    return {name: with_switch(text) for name, text in edited.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="root of the project")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="where the copy goes")
    arguments = parser.parse_args()
    mutants = load(arguments.source / "tests/mutants/catalogue")
    edited = edited_files(arguments.source, mutants)

    changed = {name: text.encode() for name, text in edited.items()}
    for path in (arguments.source / "tests/mutants/support").glob("*.hpp"):
        changed[path.name] = path.read_bytes()
    changed["mutant_ids.hpp"] = copied_tree.ids_header(mutant["id"] for mutant in mutants[:-1])
    copied_tree.write(arguments.source, arguments.out, changed, TESTS)
    print(f"{len(mutants) - 1} mutants in {len(edited)} files: {' '.join(mutant['id'] for mutant in mutants[:-1])}")


main()
