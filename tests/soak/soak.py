#!/usr/bin/env python3
"""Long campaigns that add up over invocations.

soak.py --minutes N [smoke|sim|fuzz]
  smoke  the smoke suite against naild with both cores loaded fourfold: looks for false alarms
  sim    simulator campaigns with ever new seeds
  fuzz   every fuzz program in turn, each keeping its corpus in build/soak/<program>

Counts go to tests/soak/ledger.json, a row for each source hash and kind; a changed source starts a new row. The ledger
is written after every round, whole and by rename. Exit 1 when anything failed.
"""

import argparse
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

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


def record(kind, hash_of_source, counts):
    ledger = json.loads(LEDGER.read_text()) if LEDGER.exists() else {}
    row = ledger.setdefault(f"{kind} {hash_of_source}", {})
    for key, value in counts.items():
        row[key] = round(row.get(key, 0) + value, 1)
    with tempfile.NamedTemporaryFile("w", dir=LEDGER.parent, delete=False) as file:
        file.write(json.dumps(ledger, indent=2, sort_keys=True) + "\n")
    os.replace(file.name, LEDGER)
    return row


def run(arguments):
    started = time.monotonic()
    done = subprocess.run([str(word) for word in arguments], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.returncode, done.stdout, time.monotonic() - started


def smoke_round(_):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        code, text, seconds = run([ROOT / "build/release/bin/nailbiter", "run", "--smoke", "--json", report, "--out", folder])
        cases = json.loads(report.read_text())["cases"] if report.exists() else []
    verdicts = [case["verdict"] for case in cases]
    return {"rounds": 1, "seconds": seconds, "cases": len(cases), "failures": verdicts.count("fail") + (0 if cases else 1),
            "unknown": verdicts.count("unknown")}, text if code not in (0, 2) else ""


def sim_round(number):
    seed = int(time.time()) * 1000 + number
    code, text, seconds = run([ROOT / "build/release/bin/nailbiter", "sim", "--schedules", 20000, "--seed", seed])
    return {"rounds": 1, "seconds": seconds, "schedules": 20000, "failures": 1 if code else 0}, text if code else ""


def fuzz_round(number):
    programs = sorted(path for path in (ROOT / "build/fuzz").rglob("fuzz_*") if path.is_file() and os.access(path, os.X_OK))
    if not programs:
        sys.exit("soak.py: no fuzz program; build them with: cmake --preset fuzz && cmake --build --preset fuzz")
    program = programs[number % len(programs)]
    corpus = ROOT / "build/soak" / program.name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = ROOT / "fuzz/corpus" / program.name.removeprefix("fuzz_")
    code, text, seconds = run([program, corpus, *([seeds] if seeds.is_dir() else []), "-max_total_time=60",
                               "-print_final_stats=1", f"-artifact_prefix={corpus}/"])
    executed = re.search(r"number_of_executed_units: (\d+)", text)
    return {"rounds": 1, "seconds": seconds, "executions": int(executed.group(1)) if executed else 0,
            "failures": 1 if code else 0}, text if code else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("what", nargs="?", default="smoke", choices=["smoke", "sim", "fuzz"])
    arguments = parser.parse_args()
    kind = {"smoke": smoke_round, "sim": sim_round, "fuzz": fuzz_round}[arguments.what]
    busy = []
    if arguments.what == "smoke":
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOAD_PER_CORE * (os.cpu_count() or 1))]
    until = time.monotonic() + 60 * arguments.minutes
    hash_of_source, failures, number, row = source_hash(), 0, 0, {}
    try:
        while number == 0 or time.monotonic() < until:
            counts, text = kind(number)
            row = record(arguments.what, hash_of_source, counts)
            failures += counts["failures"]
            number += 1
            print(f"round {number}: {counts}", flush=True)
            if text:
                print(text[-3000:], flush=True)
    finally:
        for process in busy:
            process.kill()
    print(f"all of {arguments.what} for source {hash_of_source}: {row}")
    sys.exit(1 if failures else 0)


main()
