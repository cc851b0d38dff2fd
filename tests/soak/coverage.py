#!/usr/bin/env python3
"""Which lines the fuzz corpora reach, folder by folder.

coverage.py
  runs the corpus programs of the coverage preset over fuzz/corpus, and, apart, over it and what campaigns have found
  (build/soak); prints both in percent of lines, and the lines of reference/wire and reference/session that no committed
  input reaches. Exit 1 when these are more than one in twenty of either folder.
"""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/coverage"
HELD = ("reference/wire", "reference/session")
PERCENT_MIN = 95.0


def programs():
    found = sorted(path for path in (BUILD / "tests").glob("fuzz_corpus_*") if os.access(path, os.X_OK))
    if not found:
        sys.exit("coverage.py: no corpus program; build them with: cmake --preset coverage && cmake --build --preset coverage")
    return found


def play(program, corpus, profile):
    done = subprocess.run([program, corpus], env={**os.environ, "LLVM_PROFILE_FILE": str(profile)}, cwd=ROOT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    if done.returncode:
        sys.exit(f"coverage.py: {program.name} failed on {corpus}:\n{done.stdout[-2000:]}")


def lines_of(profiles, folder):
    """{source: {line: how often it ran}} of all programs together."""
    merged = folder / "merged.profdata"
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", "-o", merged, *profiles], check=True)
    first, *others = programs()
    text = subprocess.run(["llvm-cov-14", "export", "-format=lcov", f"-instr-profile={merged}", first,
                           *(f"-object={program}" for program in others)], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True).stdout
    found, source = {}, None
    for line in text.splitlines():
        if line.startswith("SF:"):
            path = (BUILD / line[3:]).resolve()
            source = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "fuzz") else None
        elif line.startswith("DA:") and source:
            number, count = line[3:].split(",")[:2]
            found.setdefault(source, {})[int(number)] = int(count)
    return found


def percent_by_folder(lines):
    counted = collections.defaultdict(lambda: [0, 0])
    for source, counts in lines.items():
        folder = counted["/".join(source.split("/")[:2])]
        folder[0] += sum(count != 0 for count in counts.values())
        folder[1] += len(counts)
    return {folder: 100 * ran / total for folder, (ran, total) in counted.items()}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        committed, found = [], []
        for program in programs():
            target = program.name.removeprefix("fuzz_corpus_")
            committed.append(scratch / f"{target}.profraw")
            play(program, ROOT / "fuzz/corpus" / target, committed[-1])
            campaign = ROOT / "build/soak" / f"fuzz_{target}"
            if campaign.is_dir() and any(campaign.iterdir()):
                found.append(scratch / f"{target}.campaign.profraw")
                play(program, campaign, found[-1])
        lines = lines_of(committed, scratch)
        by_corpus = percent_by_folder(lines)
        by_campaign = percent_by_folder(lines_of(committed + found, scratch)) if found else {}
    print("lines reached, in percent    corpus  campaign")
    for folder, percent in sorted(by_corpus.items()):
        print(f"  {folder:<24} {percent:>8.1f}  {f'{by_campaign[folder]:>8.1f}' if folder in by_campaign else '       -'}")
    for source, counts in sorted(lines.items()):
        missed = [line for line, count in sorted(counts.items()) if count == 0]
        if missed and source.startswith(HELD):
            print(f"  not reached: {source}:{','.join(map(str, missed))}")
    short = [folder for folder in HELD if by_corpus.get(folder, 0) < PERCENT_MIN]
    if short:
        sys.exit(f"under {PERCENT_MIN} %: {', '.join(short)}")


main()
