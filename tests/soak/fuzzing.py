"""A fuzz program's part of a long campaign: what it is made of, and one round of it, by libFuzzer (fuzz) or AFL++ (afl).

The counts of a program add up as long as the sources that it is built from stay as they are; ninja knows them.
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS_OF_A_ROUND = 60
SECONDS_OF_AN_INPUT_MAX = 20


def programs(engine):
    """Of the preset of that name."""
    found = sorted(path for path in (ROOT / "build" / engine / "fuzz").glob("fuzz_*") if path.is_file() and os.access(path, os.X_OK))
    if not found:
        sys.exit(f"soak.py: no fuzz program; build them with: cmake --preset {engine} && cmake --build --preset {engine}")
    return found


def ninja(build, *words):
    return subprocess.run(["ninja", "-C", build, *words], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def source_hash(program):
    """Of every file of the repository that the build says the program is made from."""
    build = program.parents[1]
    objects = [line.strip() for line in ninja(build, "-t", "inputs", program.relative_to(build)) if line.endswith(".o")]
    named = {line.strip() for line in ninja(build, "-t", "deps", *objects) if line.startswith(" ")}  # most of them many times
    sources = sorted(path for path in {(build / name).resolve() for name in named} if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build"))
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def target_of(program):
    return program.name.removeprefix("fuzz_")


def round_of(engine, program, run):
    """Counts of one round, and its text; `run` runs a command and gives its code, text and seconds."""
    return {"fuzz": libfuzzer_round, "afl": afl_round}[engine](program, run)


def libfuzzer_round(program, run):
    """What it finds stays in build/soak, what crashes beside it."""
    corpus = ROOT / "build/soak" / program.name
    crashes = ROOT / "build/soak/crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    code, text, seconds = run([program, corpus, ROOT / "fuzz/corpus" / target_of(program), f"-max_total_time={SECONDS_OF_A_ROUND}",
                               f"-timeout={SECONDS_OF_AN_INPUT_MAX}", f"-dict={program}.dict", "-print_final_stats=1",
                               f"-artifact_prefix={crashes}/{program.name}-"])
    executed = re.search(r"number_of_executed_units: (\d+)", text)
    return {"rounds": 1, "seconds": seconds, "executions": int(executed.group(1)) if executed else 0, "crashes": 1 if code else 0}, text


def afl_statistics(folder):
    path = folder / "default/fuzzer_stats"
    lines = [line.split(":", 1) for line in path.read_text().splitlines()] if path.exists() else []
    return {key.strip(): value.strip() for key, value in lines}


def afl_round(program, run):
    """Goes on from the last one, in build/soak/afl_<target>; its crashes stay there too."""
    folder = ROOT / "build/soak" / f"afl_{target_of(program)}"
    before = afl_statistics(folder)
    settings = ["AFL_SKIP_CPUFREQ=1", "AFL_NO_AFFINITY=1", "AFL_NO_UI=1", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1", "AFL_AUTORESUME=1"]
    code, text, seconds = run(["env", *settings, "afl-fuzz", "-i", ROOT / "fuzz/corpus" / target_of(program), "-o", folder, "-m", "none",
                               "-t", 1000 * SECONDS_OF_AN_INPUT_MAX, "-V", SECONDS_OF_A_ROUND, "-x", f"{program}.dict", "--", program])
    now = afl_statistics(folder)
    grown = {key: int(now.get(key, 0)) - int(before.get(key, 0)) for key in ("execs_done", "saved_crashes", "saved_hangs")}
    executions = grown["execs_done"] if grown["execs_done"] > 0 else int(now.get("execs_done", 0))  # a new source begins at 0
    bad = max(grown["saved_crashes"], 0) + max(grown["saved_hangs"], 0)
    return {"rounds": 1, "seconds": seconds, "executions": executions, "crashes": bad or (1 if code else 0)}, text


def summed(ledger):
    """The line that says what all fuzzing of the ledger comes to, and one a target."""
    rows = {}
    for key, row in ledger.items():
        kind, *rest = key.split()
        if kind not in ("fuzz", "afl") or len(rest) != 2:
            continue
        sum_of = rows.setdefault(f"{kind} {rest[0]}", {"seconds": 0, "executions": 0, "crashes": 0})
        for name in sum_of:
            sum_of[name] += row[name]
    lines = [f"  {target:<27} {row['seconds']:>8.0f} s {row['executions']:>12} executions "
             f"{row['executions'] / max(row['seconds'], 1):>9.0f}/s {row['crashes']:>3} crashes" for target, row in sorted(rows.items())]
    seconds = sum(row["seconds"] for row in rows.values())
    return "\n".join([*lines, f"fuzzing in all: {seconds / 60:.1f} minutes, {sum(row['executions'] for row in rows.values())} executions, "
                      f"{sum(row['crashes'] for row in rows.values())} crashes"])
