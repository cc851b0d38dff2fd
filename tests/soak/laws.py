"""The isolation laws' part of a long campaign: one round is the simulated cases of one law, from a fresh seed.

Each law has a row of its own, by the sources that tests_laws is made from, so that the cases of each add up. How many
cases held is what the program says of the test, and not what was asked for.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import fuzzing

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/tests/tests_laws"
NOT_SIMULATED = "-Live.*:*PoisonedNaild*:*Planted*"
TIMES_THE_CASES = 10  # of one run of the tests
CASES_WANTED = 100_000


def names():
    if not PROGRAM.exists():
        sys.exit("soak.py: no tests_laws; build it with: cmake --preset release && cmake --build --preset release --target tests_laws")
    listed = subprocess.run([PROGRAM, "--gtest_list_tests", f"--gtest_filter={NOT_SIMULATED}"], check=True, stdout=subprocess.PIPE, text=True).stdout
    found, suite = [], ""
    for line in listed.splitlines():
        if line.startswith("  "):
            found.append(suite + line.strip())
        elif line.endswith("."):
            suite = line
    return found


def rows():
    """Law -> the name of its row in the ledger, as it is now."""
    sources = fuzzing.source_hash(PROGRAM)
    return {law: f"laws {law} {sources}" for law in names()}


def least(of, ledger):
    """The law of which the fewest cases have held."""
    return min(of, key=lambda law: ledger.get(of[law], {}).get("cases", 0))


def cases_in(report, law):
    tests = [test for suite in report["testsuites"] for test in suite["testsuite"]]
    found = [test for test in tests if f"{test['classname']}.{test['name']}" == law]
    return int(found[0].get("cases", 0)) if found else 0


def round_of(law, seed, run):
    """Counts of one round, and its text; `run` runs a command and gives its code, text and seconds."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        before = os.times()
        code, text, seconds = run(["env", f"RC_PARAMS=seed={seed}", f"NAILBITER_LAW_CASES={TIMES_THE_CASES}", PROGRAM, "--gtest_brief=1",
                                   f"--gtest_filter={law}", f"--gtest_output=json:{report}"])
        after = os.times()
        cases = cases_in(json.loads(report.read_text()), law) if report.exists() else 0
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    failed = code != 0 or cases == 0
    return {"rounds": 1, "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 2), "cases": cases, "failures": 1 if failed else 0}, text


def summed(ledger):
    """A line a law, of the sources as they are, and what 100,000 cases of each still take."""
    lines, left_s, fewest = [], 0, CASES_WANTED
    for law, name in sorted(rows().items()):
        row = ledger.get(name, {"cases": 0, "cpu_seconds": 0, "failures": 0})
        a_second = row["cases"] / max(row["cpu_seconds"], 0.1)
        left_s += max(CASES_WANTED - row["cases"], 0) / max(a_second, 1)
        fewest = min(fewest, row["cases"])
        lines.append(f"  {law:<64} {row['cases']:>8.0f} cases {a_second:>7.0f}/s of CPU {row['failures']:>3} failures")
    left = f"{left_s:.0f} s of CPU more" if fewest else "not all have a rate yet"
    return "\n".join([*lines, f"at least {fewest:.0f} cases of each law; {CASES_WANTED} of each: {left}"])
