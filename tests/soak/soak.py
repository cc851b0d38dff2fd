#!/usr/bin/env python3
"""Long campaigns that add up over invocations.

soak.py --minutes N [smoke|sim|laws|fuzz|afl]
  smoke  the smoke suite against naild with both cores loaded fourfold: looks for false alarms
  sim    simulator campaigns with ever new seeds
  laws   the isolation laws in the simulator, ever new cases of the law that has had the fewest
  fuzz   every fuzz program in turn, each keeping its corpus in build/soak/<program>, what crashes in build/soak/crashes
  afl    the same programs built for AFL++ (preset afl)

Counts go to tests/soak/ledger.json, a row for each source hash and kind; a changed source starts a new row. A fuzz
program and a law have rows of their own, by the sources that their program is made from. The ledger is written after every round, whole and by
rename. Exit 1 when anything failed.
"""

import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import fuzzing
import laws

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEDGER = ROOT / "tests/soak/ledger.json"
LOAD_PER_CORE = 4


def source_hash():
    digest = hashlib.sha256()
    for folder in ("reference", "harness", "scenarios", "fuzz"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def read_ledger():
    return json.loads(LEDGER.read_text()) if LEDGER.exists() else {}


def record(name, counts):
    """Adds `counts` to the row of that name; the row as it is now."""
    ledger = read_ledger()
    row = ledger.setdefault(name, {})
    for key, value in counts.items():
        row[key] = round(row.get(key, 0) + value, 1)
    if "executions" in row:
        row["executions_per_s"] = round(row["executions"] / max(row["seconds"], 1))
    with tempfile.NamedTemporaryFile("w", dir=LEDGER.parent, delete=False) as file:
        file.write(json.dumps(ledger, indent=2, sort_keys=True) + "\n")
    os.replace(file.name, LEDGER)
    return row


def run(arguments):
    started = time.monotonic()
    done = subprocess.run([str(word) for word in arguments], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.returncode, done.stdout, time.monotonic() - started


# A round gives the name of its row, what to add there, and what to show of it; the last is empty when all went well.
def smoke_round(_):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        code, text, seconds = run([ROOT / "build/release/bin/nailbiter", "run", "--smoke", "--json", report, "--out", folder])
        cases = json.loads(report.read_text())["cases"] if report.exists() else []
    verdicts = [case["verdict"] for case in cases]
    return f"smoke {source_hash()}", {
        "rounds": 1, "seconds": seconds, "cases": len(cases), "failures": verdicts.count("fail") + (0 if cases else 1),
        "unknown": verdicts.count("unknown")}, text if code not in (0, 2) else ""


def sim_round(number):
    seed = int(time.time()) * 1000 + number
    code, text, seconds = run([ROOT / "build/release/bin/nailbiter", "sim", "--schedules", 20000, "--seed", seed])
    return f"sim {source_hash()}", {"rounds": 1, "seconds": seconds, "schedules": 20000, "failures": 1 if code else 0}, text if code else ""


def laws_round(_):
    ledger = read_ledger()
    names = laws.rows()
    law = laws.least(names, ledger)
    counts, text = laws.round_of(law, time.time_ns(), run)
    return names[law], counts, text if counts["failures"] else ""


def fuzzing_round(engine):
    """The program that has had the least time so far, as it is now."""
    ledger = read_ledger()
    rows = {program: f"{engine} {fuzzing.target_of(program)} {fuzzing.source_hash(program)}" for program in fuzzing.programs(engine)}
    program = min(rows, key=lambda one: ledger.get(rows[one], {}).get("seconds", 0))
    counts, text = fuzzing.round_of(engine, program, run)
    return rows[program], counts, text if counts["crashes"] else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("what", nargs="?", default="smoke", choices=["smoke", "sim", "laws", "fuzz", "afl"])
    arguments = parser.parse_args()
    kind = {"smoke": smoke_round, "sim": sim_round, "laws": laws_round}.get(arguments.what, lambda _: fuzzing_round(arguments.what))
    busy = []
    if arguments.what == "smoke":
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOAD_PER_CORE * (os.cpu_count() or 1))]
    until = time.monotonic() + 60 * arguments.minutes
    failures, number, rows = 0, 0, {}
    try:
        while number == 0 or time.monotonic() < until:
            name, counts, text = kind(number)
            rows[name] = record(name, counts)
            failures += counts.get("failures", 0) + counts.get("crashes", 0)
            number += 1
            print(f"round {number}: {name}: {counts}", flush=True)
            if text:
                print(text[-3000:], flush=True)
    finally:
        for process in busy:
            process.kill()
    if arguments.what == "laws":
        print(laws.summed(read_ledger()))
        sys.exit(1 if failures else 0)
    for name, row in sorted(rows.items()):
        print(f"all of {name}: {row}")
    if arguments.what in ("fuzz", "afl"):
        print(fuzzing.summed(read_ledger()))
    sys.exit(1 if failures else 0)


main()
