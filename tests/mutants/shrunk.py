#!/usr/bin/env python3
"""How small do the bugs of a set become, and is what is said of them right? For each: found in the simulator, shrunk in
less than 30 s of CPU, at most 1.5 times the smallest form that is known (the set's file), replayed by a fresh process with the same
verdict, and told as its golden file has it (tests/mutants/shrunk/NAME.txt: size, sentence, table).

shrunk.py --bin DIR [--set hops] [--accept] [NAME...]   DIR holds the programs of the instrumented copy (tests/mutants/build).
--accept writes the golden files and, where a form is smaller, the set's file.
"""

import argparse
import pathlib
import re
import resource
import sys
import tempfile
import tomllib

import entries

SCENARIOS = ["--scenarios", entries.ROOT / "scenarios"]
GOLDEN = entries.ROOT / "tests/mutants/shrunk"
SECONDS_MAX = 30
TIMES_SMALLEST_MAX = 1.5
MEASURES = ("sessions", "events", "preemptions")


def bugs_of(name):
    """[(name, what wakes it, its entry, its place in the file)]"""
    catalogue = {entry["id"]: entry for entry in entries.load()}
    chosen = tomllib.loads(path_of(name).read_text())["bug"]
    for bug in chosen:
        entry = catalogue[bug["id"]]
        hops = bug.get("hops", entry["shows"].get("hops", 0))
        yield (f"{bug['id']}-{hops}" if "hops" in bug else bug["id"]), f"{bug['id']}:{hops}", entry, bug


def path_of(name):
    return entries.ROOT / f"tests/mutants/sets/{name}.toml"


def size_in(text):
    found = {measure: 0 for measure in MEASURES}
    for line in text.splitlines():
        if re.match(r"\d+ sessions?, \d+ events?", line):
            for count, measure in re.findall(r"(\d+) (session|event|preemption)s?", line):
                found[measure + "s"] = int(count)
            return found
    return None


def told(text):
    """What a golden file keeps: what failed, its size, the sentence, the table and what is left, and nothing of this run."""
    return text[:text.index("\nshrunk in ")] + "\n"


def shrink(binaries, wakes, entry, out):
    """(seconds, text) or the text of a problem."""
    show = entry["shows"]
    code, found = entries.run([binaries / "nailbiter", "sim", show["case"], *SCENARIOS, "--schedules", "3000", "--seed", "1", "--out", out], wakes)
    folder = re.search(r"nailbiter replay (.+)", found)
    if code != show["exit"] or not folder:
        return f"not found: exit {code}\n{found[-800:]}"
    failing = next(pathlib.Path(out, "latest").iterdir())
    begun = cpu_seconds()
    code, text = entries.run([binaries / "nailbiter", "shrink", failing, *SCENARIOS, "--seconds", "250", "--out", out], wakes)
    if code != 0:
        return f"shrink exits {code}\n{text[-800:]}"
    return cpu_seconds() - begun, text


def cpu_seconds():
    """Of all children: what a busy machine makes longer says nothing of the shrinker."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def problems_of(binaries, name, wakes, entry, smallest, out):
    """(problems, line for the reader, size, what a golden file keeps)"""
    done = shrink(binaries, wakes, entry, out)
    if isinstance(done, str):
        return [done], "", None, None
    seconds, text = done
    problems = []
    size = size_in(text)
    if seconds > SECONDS_MAX:
        problems.append(f"shrunk in {seconds:.0f} s, more than {SECONDS_MAX}")
    for measure in MEASURES:
        if smallest and size[measure] > TIMES_SMALLEST_MAX * smallest[measure]:
            problems.append(f"{size[measure]} {measure}: {smallest[measure]} are known to be enough")
    replay = re.search(r"replay: nailbiter replay '?([^'\n]+)'?", text).group(1)
    code, replayed = entries.run([binaries / "nailbiter", "replay", replay, *SCENARIOS], wakes)
    if code != entry["shows"]["exit"] or text.splitlines()[0].split(": ")[1] not in replayed:
        problems.append(f"its replay exits {code}:\n{replayed[-500:]}")
    golden = GOLDEN / f"{name}.txt"
    if not golden.exists() or golden.read_text() != told(text):
        problems.append(f"it is not told as in {golden.relative_to(entries.ROOT)}")
    shown = ", ".join(f"{size[measure]} {measure}" for measure in MEASURES)
    return problems, f"{shown} in {seconds:.1f} s", size, told(text)


def accept(name, bug, set_name, size, text):
    GOLDEN.mkdir(exist_ok=True)
    (GOLDEN / f"{name}.txt").write_text(text)
    known = bug.get("smallest")
    if known and sum(known.values()) <= sum(size.values()):
        return
    kept = "smallest = { " + ", ".join(f"{measure} = {size[measure]}" for measure in MEASURES) + " }"
    head = f'id = "{bug["id"]}"' + (f"\nhops = {bug['hops']}" if "hops" in bug else "")
    path = path_of(set_name)
    text = re.sub(re.escape(head) + r"\n(smallest = [^\n]*\n)?(?!hops)", lambda _: head + "\n" + kept + "\n", path.read_text(), count=1)
    path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--set", default="hops")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("name", nargs="*")
    arguments = parser.parse_args()
    failed, looked_at = 0, 0
    for name, wakes, entry, bug in list(bugs_of(arguments.set)):
        if arguments.name and name not in arguments.name:
            continue
        looked_at += 1
        with tempfile.TemporaryDirectory() as out:
            problems, line, size, text = problems_of(arguments.bin.absolute(), name, wakes, entry, bug.get("smallest"), out)
        if arguments.accept and size:
            accept(name, bug, arguments.set, size, text)
        print(f"{'FAIL' if problems else 'ok  '} {name}: {line or entry['title']}", flush=True)
        for problem in problems:
            failed += 1
            print("     " + problem.replace("\n", "\n     "))
    print(f"{looked_at} bugs looked at, {failed} problems")
    sys.exit(1 if failed or looked_at == 0 else 0)


main()
