"""A fuzz program's part of a long campaign: which program is next, what it is made of, and one round of it.

The counts of a program add up as long as the sources that it is built from stay as they are; ninja knows them.
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/fuzz"
SECONDS_OF_A_ROUND = 60
SECONDS_OF_AN_INPUT_MAX = 20


def programs():
    found = sorted(path for path in BUILD.rglob("fuzz_*") if path.is_file() and os.access(path, os.X_OK))
    if not found:
        sys.exit("soak.py: no fuzz program; build them with: cmake --preset fuzz && cmake --build --preset fuzz")
    return found


def ninja(*words):
    return subprocess.run(["ninja", "-C", BUILD, *words], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def source_hash(program):
    """Of every file of the repository that the build says the program is made from."""
    objects = [line.strip() for line in ninja("-t", "inputs", program.relative_to(BUILD)) if line.endswith(".o")]
    named = {(BUILD / line.strip()).resolve() for line in ninja("-t", "deps", *objects) if line.startswith(" ")}
    sources = sorted(path for path in named if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build"))
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def target_of(program):
    return program.name.removeprefix("fuzz_")


def command(program, seconds):
    """Libfuzzer's words for one round; what it finds stays in build/soak, what crashes beside it."""
    corpus = ROOT / "build/soak" / program.name
    crashes = ROOT / "build/soak/crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    return [program, corpus, ROOT / "fuzz/corpus" / target_of(program), f"-max_total_time={seconds}",
             f"-timeout={SECONDS_OF_AN_INPUT_MAX}", f"-dict={program}.dict", "-print_final_stats=1", f"-artifact_prefix={crashes}/{program.name}-"]


def counts(code, text, seconds):
    executed = re.search(r"number_of_executed_units: (\d+)", text)
    return {"rounds": 1, "seconds": seconds, "executions": int(executed.group(1)) if executed else 0, "crashes": 1 if code else 0}


def summed(ledger):
    """The line that says what all fuzzing of the ledger comes to, and one a target."""
    rows = {}
    for key, row in ledger.items():
        kind, *rest = key.split()
        if kind != "fuzz" or len(rest) != 2:
            continue
        sum_of = rows.setdefault(rest[0], {"seconds": 0, "executions": 0, "crashes": 0})
        for name in sum_of:
            sum_of[name] += row[name]
    lines = [f"  {target:<22} {row['seconds']:>8.0f} s {row['executions']:>12} executions "
             f"{row['executions'] / max(row['seconds'], 1):>9.0f}/s {row['crashes']:>3} crashes" for target, row in sorted(rows.items())]
    seconds = sum(row["seconds"] for row in rows.values())
    return "\n".join([*lines, f"fuzzing in all: {seconds / 60:.1f} minutes, {sum(row['executions'] for row in rows.values())} executions, "
                      f"{sum(row['crashes'] for row in rows.values())} crashes"])
