#!/usr/bin/env python3
"""Are the planted bugs caught? For each mutant: the run must fail with its exit code and its reason, print a replay
line, and that line must fail again; asleep, the same case must pass. A control must pass awake, and a bug of which the catalogue says
that something is missing to catch it.

verify.py --bin DIR [ID...]   DIR holds the naild and nailbiter of the instrumented copy (tests/mutants/build).
"""

import argparse
import pathlib
import re
import shlex
import sys
import tempfile

import entries

SCENARIOS = ["--scenarios", entries.ROOT / "scenarios"]
LIVE_RUNS = "3"
LIVE_REPLAYS = 3  # the order of arrivals is not the harness's there: one of them must fail


def command(binaries, entry, out):
    show = entry["shows"]
    if show["level"] == "sim":
        schedules = str(show.get("schedules", 3000))
        return [binaries / "nailbiter", "sim", show["case"], *SCENARIOS, "--schedules", schedules, "--seed", "1", "--out", out]
    return [binaries / "nailbiter", "run", show["case"], *SCENARIOS, "--repeat", LIVE_RUNS, "--out", out]


def passes(binaries, entry, out, awake, how):
    code, text = entries.run(command(binaries, entry, out), awake)
    return [] if code == 0 else [f"{how}, its case exits {code}:\n{text[-1500:]}"]


def problems_of(binaries, mutant, out):
    show = mutant["shows"]
    awake = entries.awake(mutant)
    if problems := passes(binaries, mutant, out, None, "asleep"):
        return problems
    code, text = entries.run(command(binaries, mutant, out), awake)
    if code != show["exit"]:
        return [f"exit {code}, wanted {show['exit']}:\n{text[-1500:]}"]
    problems = []
    if show["reason"] not in text:
        problems.append(f"reason '{show['reason']}' is not named:\n{text[-1500:]}")
    replay = re.search(r"nailbiter replay (.+)", text)
    if not replay:
        return problems + [f"no replay line:\n{text[-1500:]}"]
    for _ in range(1 if show["level"] == "sim" else LIVE_REPLAYS):
        again, replayed = entries.run([binaries / "nailbiter", "replay", *shlex.split(replay.group(1)), *SCENARIOS], awake)
        if again == show["exit"]:
            return problems
    problems.append(f"its replay exits {again}:\n{replayed[-1500:]}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("id", nargs="*")
    arguments = parser.parse_args()
    failed, executed = 0, 0
    catalogue = entries.load()
    if unknown := set(arguments.id) - {entry["id"] for entry in catalogue}:
        sys.exit(f"verify.py: not in the catalogue: {' '.join(sorted(unknown))}")
    for entry in catalogue:
        if arguments.id and entry["id"] not in arguments.id:
            continue
        executed += 1
        with tempfile.TemporaryDirectory() as out:
            if entries.is_control(entry) or entries.is_missed(entry):
                problems = passes(arguments.bin, entry, out, entries.awake(entry), "awake")
            else:
                problems = problems_of(arguments.bin, entry, out)
        print(f"{'FAIL' if problems else 'ok  '} {entry['id']}: {entry['title']}", flush=True)
        for problem in problems:
            failed += 1
            print("     " + problem.replace("\n", "\n     "))
    print(f"{executed} entries looked at, {failed} problems")
    sys.exit(1 if failed or executed == 0 else 0)


main()
