"""The catalogue as values, and how a program of the instrumented copy is run with one of its entries awake."""

import os
import pathlib
import subprocess
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load(folder=ROOT / "tests/mutants/catalogue"):
    entries = []
    for path in sorted(folder.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        if entry.get("id") != path.stem:
            raise SystemExit(f"{path.name}: id must be {path.stem}")
        entries.append(entry)
    return entries


def is_control(entry):
    """A harmless change that nobody may flag."""
    return entry.get("kind") == "control"


def is_missed(entry):
    """Nothing is known to detect it, and the entry says what is missing."""
    return "missing" in entry["shows"]


def awake(entry):
    return f"{entry['id']}:{entry['shows'].get('hops', 0)}"


def run(command, awake=None, reached=None):
    """Exit code and all that was printed. `awake` = ID:HOPS; `reached`: a file that is made if its place is executed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NAILBITER_MUTANT")}
    if awake:
        environment["NAILBITER_MUTANT"] = awake
    if reached:
        environment["NAILBITER_MUTANT_REACHED"] = str(reached)
    done = subprocess.run([str(part) for part in command], env=environment, cwd=ROOT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=300)
    return done.returncode, done.stdout
