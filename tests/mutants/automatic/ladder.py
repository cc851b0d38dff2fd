"""What may kill a mutant: cheap tests first, each with a deadline that is many times what it takes with none awake."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

from generate import UNIT_TESTS

DEADLINE_FACTOR = 8
DEADLINE_LEAST_S = 10
STEP = "NAILBITER_LADDER_STEP"  # in the environment of what a step starts
UNSTEADY = {"tests_crowded, tsan", "live smoke", "live"}  # wall clocks and real threads
FILTERS = {"tests_threads": "Protocols.*:JobPool.*"}  # the others are of real threads, or hold planted bugs of their own
DATA_RACE = "a data race"
QUIET = ["--gtest_fail_fast", "--gtest_brief=1"]


def steps(binaries, deep):
    """Name -> command, in their order. `{out}` becomes a folder of the step's own."""
    nailbiter = [str(binaries / "release/bin/nailbiter")]
    where = ["--scenarios", str(binaries.parent / "scenarios"), "--out", "{out}"]
    found = {"sim": [*nailbiter, "sim", "--schedules", "4000", "--seed", "1", *where]}
    for name in UNIT_TESTS:
        found[name] = [str(binaries / "release/tests" / name), *QUIET, f"--gtest_filter={FILTERS.get(name, '*')}"]
    found["tests_crowded, tsan"] = [str(binaries / "tsan/tests/tests_crowded"), *QUIET]
    found["live smoke"] = [*nailbiter, "run", "--smoke", *where]
    if deep:
        found["sim 20,000"] = [*nailbiter, "sim", "--schedules", "20000", "--seed", "2", *where]
        found["live"] = [*nailbiter, "run", *where]
    return found


def run(command, deadline_s, mutant=None, reached=None):
    """(what is wrong or None, seconds). Everything that it started is gone afterwards."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NAILBITER_MUTANT")}
    if mutant:
        environment |= {"NAILBITER_MUTANT": mutant, "NAILBITER_MUTANT_REACHED": str(reached)}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="automatic-") as out, tempfile.TemporaryFile("w+", errors="replace") as printed:
        command = [part.replace("{out}", out) for part in command]
        environment[STEP] = out
        process = subprocess.Popen(command, env=environment, cwd=out, stdin=subprocess.DEVNULL, stdout=printed,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        try:
            code = process.wait(deadline_s)
        except subprocess.TimeoutExpired:
            code = None
        kill_what_inherited(f"{STEP}={out}")
        process.wait()
        printed.seek(0)
        return reason_of(code, printed.read(4_000_000)), time.monotonic() - began


def kill_what_inherited(variable):
    """Until no process has that in its environment: a daemon under test leads a session of its own."""
    found = True
    while found:
        found = False
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    os.kill(int(folder.name), signal.SIGKILL)
                    found = True
            except OSError:
                pass  # another's process, or one that has just ended


def reason_of(code, text):
    if code == 0:
        return None
    if code is None:
        return "hang"
    if code < 0:
        died = re.search(r"[^\n]*Assertion[^\n]*failed", text)
        return f"dies of {signal.Signals(-code).name}" + (": an assertion" if died else "")
    if "WARNING: ThreadSanitizer: data race" in text:
        return DATA_RACE
    if found := re.search(r"\[  FAILED  \] (\w+(?:/\w+)*\.[\w/]+)", text):
        return found[1]
    if found := re.search(r"^(?:FAIL|LEAK|RACE|UNKNOWN|UNSTABLE)\S* (\S+)[^\n]*\n\s+([^\n]*)", text, re.MULTILINE):
        return f"{found[2].strip()} ({found[1].split('[')[0]})"
    return f"exit {code}: " + " ".join(text.split())[-120:]


class Ladder:
    def __init__(self, binaries, deep):
        self.steps = steps(binaries, deep)
        self.usual_s = {}

    def problem_asleep(self):
        """With no mutant awake every step passes, and its time is what the deadlines are made of."""
        for name, command in self.steps.items():
            problem, self.usual_s[name] = run(command, 600)
            if problem:
                return f"{name}, no mutant awake: {problem}"
        return None

    def judge(self, mutant):
        """The first step that fails; a failure before the mutant was reached is none of it, and where real threads run it
        must fail twice: a busy machine is no kill. A race that ThreadSanitizer saw is never noise."""
        taken_s = 0
        with tempfile.TemporaryDirectory(prefix="automatic-") as folder:
            reached = pathlib.Path(folder) / "reached"

            def verdict(step, why):
                return {"step": step, "why": why, "reached": reached.exists(), "seconds": round(taken_s, 1)}

            for name, command in self.steps.items():
                deadline_s = max(DEADLINE_LEAST_S, DEADLINE_FACTOR * self.usual_s[name])
                for _ in range(2 if name in UNSTEADY else 1):
                    problem, seconds = run(command, deadline_s, mutant, reached)
                    taken_s += seconds
                    if not problem or not reached.exists():
                        break
                    if problem == DATA_RACE:
                        return verdict(name, problem)
                else:
                    return verdict(name, problem)
            return verdict(None, None)
