"""What may kill a mutant: cheap tests first, each with a deadline that is many times what it takes with none awake."""

import contextlib
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
UNSTEADY = {"tests_crowded, tsan", "live smoke", "live by name", "live"}  # wall clocks and real threads
BEYOND_SMOKE = ["resources/late-input"]  # memory is no matter of the simulator, and the smoke suite has no case that measures it
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
    found["live by name"] = [*nailbiter, "run", *BEYOND_SMOKE, *where]
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
        environment["TMPDIR"] = out
        process = subprocess.Popen(command, env=environment, cwd=out, stdin=subprocess.DEVNULL, stdout=printed,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        try:
            code = process.wait(deadline_s)
        except subprocess.TimeoutExpired:
            code = None
        kill_what_uses(out)
        process.kill()
        process.wait()
        printed.seek(0)
        return reason_of(code, printed.read(4_000_000)), time.monotonic() - began


def kill_what_uses(out):
    """Until no process has that folder in its environment, its words, its directory or its open files: a daemon under test
    leads a group of its own, empties its environment and works in /, but its log stays open there."""
    found = True
    while found:
        found = False
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if folder.name != str(os.getpid()) and uses(folder, out):
                    os.kill(int(folder.name), signal.SIGKILL)
                    found = True
            except OSError:
                pass  # another's process, or one that has just ended


def uses(process, out):
    if any(out.encode() in (process / name).read_bytes() for name in ("environ", "cmdline")):
        return True
    for link in [process / "cwd", *(process / "fd").iterdir()]:
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            if (os.readlink(link) + "/").startswith(f"{out}/"):
                return True
    return False


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
            marks = pathlib.Path(folder)

            def verdict(step, why):
                return {"step": step, "why": why, "reached": any(marks.iterdir()), "seconds": round(taken_s, 1)}

            for name, command in self.steps.items():
                deadline_s = max(DEADLINE_LEAST_S, DEADLINE_FACTOR * self.usual_s[name])
                for turn in range(2 if name in UNSTEADY else 1):
                    reached = marks / f"{name} {turn}"
                    problem, seconds = run(command, deadline_s, mutant, reached)
                    taken_s += seconds
                    if not problem or not reached.exists():
                        break
                    if problem == DATA_RACE:
                        return verdict(name, problem)
                else:
                    return verdict(name, problem)
            return verdict(None, None)
