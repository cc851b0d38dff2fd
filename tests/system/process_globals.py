#!/usr/bin/env python3
"""The demonstration of scenarios/targets/pantsd-shaped, held to what its page says. Usage: process_globals.py BIN_DIR

Without the run lock every switch's case fails within 90 s in all; with it nothing of the suite fails; with one switch fixed
exactly that switch's case passes. And the page's table has every switch with its case and its upstream number."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TARGETS = pathlib.Path(__file__).resolve().parents[2] / "scenarios/targets"
DAEMON = TARGETS / "pantsd-shaped"
FAMILY = "globals/"
SECONDS_MAX = 90      # for the table without the lock
GLOBALS_MIN = 10
ROWS_AT_ONCE = 9      # they mostly wait


def switches():
    lines = subprocess.run([DAEMON / "pantsd.py", "--switches"], capture_output=True, text=True, check=True).stdout.splitlines()
    return {name: number for name, number, _ in (line.split(maxsplit=2) for line in lines)}


def run(nailbiter, target, *patterns, fixed=""):
    """The report's cases by id."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.json")
        words = [nailbiter, "run", *patterns, "--target", target, "--out", folder, "--json", report]
        ran = subprocess.run(words, env={**os.environ, "PANTSD_SHAPED_FIXED": fixed}, capture_output=True, text=True)
        if not report.exists():
            sys.exit(f"{target}, fixed '{fixed}': no report\n{ran.stdout}{ran.stderr}")
        return {case["id"]: case for case in json.loads(report.read_text())["cases"]}


def with_verdict(cases, verdict):
    return {name for name, case in cases.items() if case["verdict"] == verdict}


def cases_of(names):
    return {FAMILY + name for name in names}


def broken_without_lock(nailbiter, known):
    began = time.monotonic()
    cases = run(nailbiter, "pantsd-shaped", FAMILY + "*")
    seconds = time.monotonic() - began
    yield len(known) >= GLOBALS_MIN, f"{len(known)} globals; {GLOBALS_MIN} are promised"
    yield with_verdict(cases, "fail") == cases_of(known), f"without the lock fail {sorted(with_verdict(cases, 'fail'))}"
    yield seconds <= SECONDS_MAX, f"without the lock it took {seconds:.0f} s"
    for name, number in known.items():
        told = cases.get(FAMILY + name, {})
        yield number in told.get("upstream", []), f"{FAMILY + name} does not name {number}"
        yield told.get("witness") and told.get("replay"), f"{FAMILY + name} has no witness or no replay line"


def whole_with_lock(nailbiter, known):
    cases = run(nailbiter, "pantsd-shaped-locked")
    for verdict in ("fail", "unknown"):
        yield not with_verdict(cases, verdict), f"with the lock {verdict}: {sorted(with_verdict(cases, verdict))}"
    passed = with_verdict(cases, "pass")
    yield cases_of(known) <= passed, f"with the lock not judged: {sorted(cases_of(known) - passed)}"


def mended_one_by_one(nailbiter, known):
    with concurrent.futures.ThreadPoolExecutor(ROWS_AT_ONCE) as pool:
        rows = pool.map(lambda name: run(nailbiter, "pantsd-shaped", FAMILY + "*", fixed=name), known)
        for name, cases in zip(known, rows):
            yield with_verdict(cases, "pass") == cases_of([name]), f"{name} fixed mends {sorted(with_verdict(cases, 'pass'))}"


def whole_when_fixed(nailbiter, known):
    passed = with_verdict(run(nailbiter, "pantsd-shaped", FAMILY + "*", fixed="all"), "pass")
    yield passed == cases_of(known), f"all fixed, and not passed: {sorted(cases_of(known) - passed)}"


def told_on_the_page(_, known):
    rows = [line for line in (DAEMON / "README.md").read_text().splitlines() if line.startswith("| `" + FAMILY)]
    yield len(rows) == len(known), f"the page has {len(rows)} rows for {len(known)} globals"
    for name, number in known.items():
        there = any(line.startswith(f"| `{FAMILY}{name}` ") and number in line for line in rows)
        yield there, f"the page has no row of {FAMILY}{name} with {number}"


def main():
    nailbiter = pathlib.Path(sys.argv[1], "nailbiter").resolve()
    known, bad, done = switches(), 0, 0
    for part in (told_on_the_page, broken_without_lock, whole_with_lock, mended_one_by_one, whole_when_fixed):
        began = time.monotonic()
        for holds, what in part(nailbiter, known):
            done += 1
            bad += not holds
            if not holds:
                print("wrong:", what)
        print(f"{part.__name__}: {time.monotonic() - began:.1f} s")
    print(f"{done} statements, {bad} wrong")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
