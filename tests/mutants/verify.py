#!/usr/bin/env python3
"""Are the planted bugs caught? For each mutant: the run must fail with its exit code and its checker, print a replay
line, and that line must fail again; asleep, the same case must pass.

verify.py --bin DIR [ID...]   DIR holds the naild and nailbiter of the instrumented copy (tests/mutants/apply.py).
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def command(binaries, mutant, out):
    show = mutant["shows"]
    if show["level"] == "sim":
        return [binaries / "nailbiter", "sim", show["case"], "--schedules", str(show.get("schedules", 3000)), "--seed", "1", "--out", out]
    return [binaries / "nailbiter", "run", show["case"], "--out", out]


def run(arguments, awake=None):
    environment = {key: value for key, value in os.environ.items() if key != "NAILBITER_MUTANT"}
    if awake:
        environment["NAILBITER_MUTANT"] = awake
    done = subprocess.run([str(part) for part in arguments], env=environment, cwd=ROOT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=300)
    return done.returncode, done.stdout


def problems_of(binaries, mutant, out):
    show = mutant["shows"]
    awake = f"{mutant['id']}:{show.get('hops', 0)}"
    code, text = run(command(binaries, mutant, out))
    if code != 0:
        return [f"asleep, its case exits {code}:\n{text[-1500:]}"]
    code, text = run(command(binaries, mutant, out), awake)
    if code != show["exit"]:
        return [f"exit {code}, wanted {show['exit']}:\n{text[-1500:]}"]
    problems = []
    if show["reason"] not in text:
        problems.append(f"reason '{show['reason']}' is not named:\n{text[-1500:]}")
    replay = re.search(r"nailbiter replay (\S+)", text)
    if not replay:
        return problems + [f"no replay line:\n{text[-1500:]}"]
    again, replayed = run([binaries / "nailbiter", "replay", replay.group(1)], awake)
    if again != show["exit"]:
        problems.append(f"its replay exits {again}:\n{replayed[-1500:]}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("id", nargs="*")
    arguments = parser.parse_args()
    failed = 0
    executed = 0
    for path in sorted((ROOT / "tests/mutants/catalogue").glob("*.toml")):
        mutant = tomllib.loads(path.read_text())
        if "shows" not in mutant or (arguments.id and mutant["id"] not in arguments.id):
            continue
        executed += 1
        with tempfile.TemporaryDirectory() as out:
            problems = problems_of(arguments.bin, mutant, out)
        print(f"{'FAIL' if problems else 'ok  '} {mutant['id']}: {mutant['title']}", flush=True)
        for problem in problems:
            failed += 1
            print("     " + problem.replace("\n", "\n     "))
    print(f"{executed} mutants looked at, {failed} problems")
    sys.exit(1 if failed or executed == 0 else 0)


main()
