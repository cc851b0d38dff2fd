#!/usr/bin/env python3
"""How many of the mutants that a program wrote are killed, by what, and which survive (build them with generate.py).

run.py [--sample N [--seed S]] [ID...]   a sample in proportion over folders and operators, or all, or those named.
Exit 1: one survives that tests/mutants/automatic.toml does not explain. results.json beside mutants.json keeps it all.
"""

import argparse
import json
import pathlib
import random
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor

from generate import ROOT
from ladder import Ladder
from summary import printed

EXPLAINED = ROOT / "tests/mutants/automatic.toml"


def sampled(mutants, count, seed):
    """Every k-th of a row sorted by folder and operator, shuffled within: a stratum gives in proportion to its size."""
    chance = random.Random(seed)
    row = sorted(mutants, key=lambda each: (folder_of(each), each["operator"], chance.random()))
    if count >= len(row):
        return row
    first = chance.random()
    return [row[int((first + at) * len(row) / count)] for at in range(count)]


def folder_of(mutant):
    return mutant["file"].rpartition("/")[0]


def explained():
    if not EXPLAINED.exists():
        return {}
    return {entry["id"]: entry for entry in tomllib.loads(EXPLAINED.read_text()).get("survivor", [])}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build/automatic")
    parser.add_argument("--sample", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--deep", action="store_true", help="for what survives: 20,000 schedules and the whole suite live")
    parser.add_argument("--results", type=pathlib.Path, help="default: results.json in --out")
    parser.add_argument("id", nargs="*")
    arguments = parser.parse_args()
    listed = json.loads((arguments.out / "mutants.json").read_text())
    built = [each for each in listed if each["compiles"]]
    chosen = [each for each in built if each["id"] in arguments.id] if arguments.id else sampled(built, arguments.sample, arguments.seed)
    if missing := set(arguments.id) - {each["id"] for each in chosen}:
        sys.exit(f"run.py: not built: {' '.join(sorted(missing))}")
    ladder = Ladder(arguments.out.resolve() / "build", arguments.deep)
    if problem := ladder.problem_asleep():
        sys.exit(f"run.py: {problem}")
    print("no mutant awake: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in ladder.usual_s.items()), flush=True)

    known = explained()
    results_file = arguments.results or arguments.out / "results.json"
    results = []

    def judge(mutant):
        found = {**mutant, **ladder.judge(mutant["id"])}
        how = f"{found['step']}: {found['why']}" if found["step"] else "survives" if found["reached"] else "not reached"
        print(f"{found['id']} {found['operator']:16} {found['file']}:{found['line']} {found['seconds']} s  {how}", flush=True)
        results.append(found)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(judge, chosen))
    results_file.write_text(json.dumps({"built": len(built), "found": len(listed), "seed": arguments.seed, "usual_s": ladder.usual_s,
                                        "results": sorted(results, key=lambda each: (each["file"], each["line"], each["id"]))}, indent=1))
    print(printed(results, len(listed), len(built), known))
    sys.exit(1 if any(each["step"] is None and each["id"] not in known for each in results) else 0)


if __name__ == "__main__":
    main()
