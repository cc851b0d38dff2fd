#!/usr/bin/env python3
"""Mutants that a program writes: from the code as it is, one copy of the tree in which all of them sleep, built once.

generate.py [--out build/automatic] [--list]   writes the copy, drops by the compiler's word what is no C++, builds, and
leaves mutants.json there: what there is, and what did not compile.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/mutants"))

import copied_tree  # noqa: E402
from operators import mutants_of, with_mutants  # noqa: E402
from statements import Source  # noqa: E402

FOLDERS = ["reference/session", "reference/stdio", "reference/daemon", "reference/task"]
NOT_CONCURRENT = {"reference/daemon/command_line.cpp", "reference/session/names.cpp"}  # the start of the process; texts for people
TESTS = ["tests/crowded", "tests/reference", "tests/simulated", "tests/threads"]
UNIT_TESTS = ["reference_session_test", "reference_task_test", "reference_stdio_test", "reference_daemon_test", "tests_simulated", "tests_threads"]
BUILT = {"release": ["naild", "nailbiter", "puppet", *UNIT_TESTS], "tsan": ["tests_crowded"]}
# Which of several mutants on a line is not C++: the first of these that stands there.
SUSPECTS = ["share-local", "test-without-set", "drop-lock", "flip-answer", "swap-statements", "loop-once", "widen-lock", "notify-one", "drop-operand",
            "always-if", "never-if", "never-while", "drop-guard", "delete-await", "delete-call", "delete-assign"]
PLACE = re.compile(r"^(?:In file included from )?([^\s:]+):(\d+):(?:\d+:)?(.*)$")


def found_in(root):
    """File -> its text and its mutants."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.[ch]pp")):
            name = path.relative_to(root).as_posix()
            if name in NOT_CONCURRENT:
                continue
            text = path.read_text()
            found[name] = (text, mutants_of(Source(text), name))
    return found


def write_copy(root, out, found, numbers, dropped):
    changed = {"mutant_ids.hpp": copied_tree.ids_header(numbers)}
    for path in (root / "tests/mutants/support/mutants.hpp", root / "tests/mutants/automatic/automatic.hpp"):
        changed[path.name] = path.read_bytes()
    for name, (text, mutants) in found.items():
        kept = [(numbers[each.id], each) for each in mutants if each.id not in dropped]
        if not kept:
            continue
        edited = with_mutants(text, kept)
        at = edited.index("#include ")
        line = edited.count("\n", 0, at) + 1  # the lines of the copy count as those of the original
        changed[name] = (edited[:at] + f'#include "automatic.hpp"\n#line {line}\n' + edited[at:]).encode()
    # The hand-written bugs of tests/threads are edits of the original text.
    planted = (root / "tests/threads/planted.cmake").read_text()
    changed["tests/threads/planted.cmake"] = planted.replace("set(source ${CMAKE_SOURCE_DIR}/", f"set(source {root}/").encode()
    copied_tree.write(root, out, changed, TESTS)


def errors_of(output, out):
    """For each error of the compiler the (file, line)s of the copy that it names."""
    errors, current = [], set()
    for line in output.splitlines():
        place = PLACE.match(line)
        if not place:
            continue
        path = pathlib.Path(place[1])
        name = (path if not path.is_absolute() else path.relative_to(out) if path.is_relative_to(out) else path).as_posix()
        current.add((name, int(place[2])))
        if " error:" in place[3] or "fatal error:" in place[3]:
            errors.append(current)
            current = set()
        elif " note:" in place[3] and errors:
            errors[-1] |= current
            current = set()
    return errors


def suspects_of(errors, found, dropped):
    chosen = set()
    for places in errors:
        here = [mutant for name, line in places if name in found for mutant in found[name][1]
                if mutant.line <= line <= mutant.last_line and mutant.id not in dropped]
        if here:
            first = min(here, key=lambda each: (SUSPECTS.index(each.operator), each.last_line - each.line))
            chosen |= {each.id for each in here if each.operator == first.operator}
    return chosen


def syntax_look(out, found):
    """Errors of every file that has mutants; later calls look at those files again that had one: to drop a mutant breaks
    no other file."""
    names = [name for name, (_, mutants) in found.items() if mutants]

    def of_file(name):
        # A header as the main file is warned of its `#pragma once`.
        looked_at = ["-include", name, "-x", "c++", "/dev/null"] if name.endswith(".hpp") else [name]
        command = ["g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Werror", f"-I{out}", *looked_at]
        return subprocess.run(command, cwd=out, capture_output=True, text=True).stderr

    def look():
        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(of_file, names))
        names[:] = [name for name, text in zip(names, said) if text]
        return errors_of("\n".join(said), out)
    return look


def build_errors(out, preset, targets):
    def run(*command):
        return subprocess.run(command, cwd=out, capture_output=True, text=True)
    if not (out / f"build/{preset}/build.ninja").exists():
        done = run("cmake", "--preset", preset)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
    done = run("cmake", "--build", "--preset", preset, "-j2", "--target", *targets, "--", "-k", "0")
    (out / "build.log").write_text(done.stdout + done.stderr)
    return [] if done.returncode == 0 else errors_of(done.stdout, out) or sys.exit(f"{out}/build.log: no error to read")


def until_it_compiles(root, out, found, numbers, look, dropped):
    while True:
        write_copy(root, out, found, numbers, dropped)
        errors = look()
        if not errors:
            return
        bad = suspects_of(errors, found, dropped)
        print(f"{len(errors)} errors: without {len(bad)} mutants, once more", flush=True)
        if not bad:
            sys.exit(f"no mutant stands where the compiler fails: {sorted(errors[0])}")
        dropped |= bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build/automatic")
    parser.add_argument("--list", action="store_true", help="print the mutants and build nothing")
    arguments = parser.parse_args()
    found = found_in(ROOT)
    everyone = [mutant for _, mutants in found.values() for mutant in mutants]
    if arguments.list:
        for each in everyone:
            print(f"{each.id} {each.operator:16} {each.file}:{each.line}  {each.text}")
        return
    out = arguments.out.resolve()
    numbers = {mutant.id: number for number, mutant in enumerate(everyone)}
    dropped = set()
    until_it_compiles(ROOT, out, found, numbers, syntax_look(out, found), dropped)
    for preset, targets in BUILT.items():
        until_it_compiles(ROOT, out, found, numbers, lambda: build_errors(out, preset, targets), dropped)
    listed = [{"id": each.id, "operator": each.operator, "file": each.file, "line": each.line, "text": each.text,
               "compiles": each.id not in dropped} for each in everyone]
    (out / "mutants.json").write_text(json.dumps(listed, indent=1))
    by_operator = collections.Counter(each["operator"] for each in listed if each["compiles"])
    print(f"{len(listed)} mutants, {len(dropped)} did not compile: " + ", ".join(f"{name} {count}" for name, count in sorted(by_operator.items())))


if __name__ == "__main__":
    main()
