#!/usr/bin/env python3
"""Does each isolation law fail on the planted bugs that laws.toml names for it, and hold with all of them asleep?

laws.py --bin build/mutants/build/release [PATTERN...]   where tests/mutants/build tests_laws has left its programs; only the
                                                         tests whose name has one of these words
laws.py --bin ... --search ID... [--test PATTERN]        instead: which laws fail on these bugs ("all": of the whole catalogue)
Exit 1: a law holds where it must not or the other way round, or no bug is named for it.
"""

import argparse
import fnmatch
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import entries

SEED = "1"
SECONDS_MAX = 300
TABLE = entries.ROOT / "tests/mutants/laws.toml"


def tests_of(program):
    """Each property by its name; what holds the laws against bugs of its own is none of them."""
    listed = subprocess.run([program, "--gtest_list_tests", "--gtest_filter=-*Planted*"], check=True, stdout=subprocess.PIPE, text=True).stdout
    found, suite = [], ""
    for line in listed.splitlines():
        if line.startswith("  "):
            found.append(suite + line.split("#")[0].strip())
        elif line.endswith("."):
            suite = line
    return found


def held(program, test, times, awake):
    """(does it hold, cases that held, what it says). A law fails when rapidcheck has found a case, and not by a crash."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        command = ["env", f"RC_PARAMS=seed={SEED} noshrink=1", f"NAILBITER_LAW_CASES={times}", program, f"--gtest_filter={test}",
                   "--gtest_brief=1", f"--gtest_output=json:{report}"]
        try:
            code, text = entries.run(command, awake)
        except subprocess.TimeoutExpired:
            return None, 0, "no end"
        if not report.exists():
            return None, 0, f"exit {code}:\n{text[-1000:]}"
        found = [one for suite in json.loads(report.read_text())["testsuites"] for one in suite["testsuite"]]
    cases = sum(int(one.get("cases", 0)) for one in found)
    if code == 0 and found:
        return True, cases, ""
    return (False, cases, text) if "Falsifiable" in text and "again: " in text else (None, cases, text[-1000:])


def why(text):
    """The law's own sentence."""
    found = re.search(r"\.cpp:\d+:\nRC_FAIL\(.*\)\n+(.*)", text)
    return found[1][:100] if found else ""


def awake_by(catalogue, name):
    return entries.awake(next(entry for entry in catalogue if entry["id"] == name))


def search(program, catalogue, names, tests):
    for name in [entry["id"] for entry in catalogue if not entries.is_control(entry)] if names == ["all"] else names:
        failing = [test for test in tests if held(program, test, 1, awake_by(catalogue, name))[0] is False]
        print(f"{name}: {' '.join(failing) or '-'}", flush=True)


def problems_of(program, catalogue, row):
    times = row.get("times", 1)
    if held(program, row["test"], times, None)[0] is not True:
        yield "with all bugs asleep it does not hold"
    for name in row["fails_on"]:
        holds, cases, text = held(program, row["test"], times, awake_by(catalogue, name))
        print(f"     {name:<4} {'fails after ' + str(cases) + ' cases: ' + why(text) if holds is False else text or 'holds'}", flush=True)
        if holds is not False:
            yield f"{name} is not noticed"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--search", nargs="+", metavar="ID")
    parser.add_argument("--test", default="")
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    program = arguments.bin.resolve() / "tests/tests_laws"
    catalogue, tests = entries.load(), tests_of(program)
    if arguments.search:
        return search(program, catalogue, arguments.search, [test for test in tests if re.search(arguments.test, test)])
    rows = {row["test"]: row for row in tomllib.loads(TABLE.read_text())["law"]}
    problems = [f"{test}: no bug is named for it" for test in tests
                if not test.startswith("Live.") and not any(fnmatch.fnmatch(test, row) for row in rows)]
    problems += [f"{test}: neither a bug nor why there is none" for test, row in rows.items() if not row["fails_on"] and not row.get("none")]
    for test, row in rows.items():
        if arguments.words and not any(word in test for word in arguments.words):
            continue
        print(f"{test}", flush=True)
        problems += [f"{test}: {one}" for one in problems_of(program, catalogue, row)]
    print("\n".join(problems + [f"{len(rows)} laws, {len(problems)} problems"]))
    sys.exit(1 if problems else 0)


main()
