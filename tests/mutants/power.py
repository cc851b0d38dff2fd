#!/usr/bin/env python3
"""How strong is the simulator? For each mutant and strategy: how many schedules until a checker speaks.

power.py --bin DIR [--seeds N] [--schedules MAX] [--strategy S]... [--mutant ID]... [--json FILE]

DIR holds the naild and nailbiter of the instrumented copy (tests/mutants/build). A search that found nothing counts with
MAX in the median and the p95, which are then printed as ">MAX". reached: the planted place was executed; triggered is
known only where something was detected (null = reached, and nobody noticed). Controls must never be flagged.
"""

import argparse
import json
import pathlib
import re
import resource
import sys
import tempfile

import entries

STRATEGIES = ["random", "pct", "pos", "portfolio"]


def cpu_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class search:
    """One mutant, one strategy, many seeds."""

    def __init__(self, mutant, strategy, schedules_max):
        self.mutant, self.strategy, self.schedules_max = mutant, strategy, schedules_max
        self.schedules, self.seconds, self.checkers = [], [], set()
        self.detected = 0
        self.reached = False

    def look(self, binaries, seed, folder):
        begun = cpu_s()
        mark = folder / "reached"
        code, text = entries.run(
            [binaries / "nailbiter", "sim", self.mutant["shows"]["case"], "--scenarios", entries.ROOT / "scenarios", "--strategy",
             self.strategy, "--seed", str(seed), "--schedules", str(self.schedules_max), "--out", folder],
            awake=entries.awake(self.mutant), reached=mark)
        self.seconds.append(cpu_s() - begun)
        self.reached |= mark.exists()
        found = re.search(r"^all +1 +(\d+) +\d+ +1$", text, re.MULTILINE)
        if code in (1, 3) and found:
            self.detected += 1
            self.schedules.append(int(found.group(1)))
            self.checkers.update(re.findall(r"^  (\w+): ", text, re.MULTILINE)[:1])
        elif code == 0:
            self.schedules.append(self.schedules_max)
        else:
            sys.exit(f"{self.mutant['id']} {self.strategy} seed {seed}: exit {code}\n{text[-1500:]}")

    def shown(self, share):
        value = quantile(self.schedules, share)
        is_bound = value >= self.schedules_max and self.detected < len(self.schedules)
        return f">{value}" if is_bound else str(value)

    def line(self):
        checkers = " ".join(sorted(self.checkers)) or "-"
        return (f"{self.mutant['id']:<5} {self.strategy:<10} {self.detected:>4}/{len(self.schedules):<4} {self.shown(0.5):>7} "
                f"{self.shown(0.95):>7} {quantile(self.seconds, 0.5):>8.3f}  {checkers}")

    def row(self):
        detected = self.detected > 0
        return {"id": self.mutant["id"], "level": "sim", "strategy": self.strategy, "reached": self.reached,
                "triggered": True if detected else (None if self.reached else False), "detected": detected,
                "rate": self.detected / len(self.schedules), "schedules_median": quantile(self.schedules, 0.5),
                "schedules_p95": quantile(self.schedules, 0.95), "cpu_s_median": round(quantile(self.seconds, 0.5), 4),
                "checkers": sorted(self.checkers)}


def flagged(binaries, control, schedules, folder):
    code, _ = entries.run([binaries / "nailbiter", "sim", control["shows"]["case"], "--scenarios", entries.ROOT / "scenarios",
                             "--schedules", str(schedules), "--out", folder], awake=entries.awake(control))
    return code != 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--mutant", action="append", default=[])
    parser.add_argument("--strategy", action="append", choices=STRATEGIES)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--schedules", type=int, default=1000, help="at most, a search")
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    chosen = [each for each in entries.load() if not arguments.mutant or each["id"] in arguments.mutant]
    mutants = [each for each in chosen if not entries.is_control(each) and each["shows"]["level"] == "sim"]
    rows, controls = [], []
    print(f"{'id':<5} {'strategy':<10} {'found':>9} {'median':>7} {'p95':>7} {'cpu s':>8}  checkers")
    with tempfile.TemporaryDirectory() as out:
        folder = pathlib.Path(out)
        for mutant in mutants:
            for strategy in arguments.strategy or STRATEGIES:
                one = search(mutant, strategy, arguments.schedules)
                for seed in range(arguments.seeds):
                    one.look(arguments.bin, 1 + seed * arguments.schedules, folder)
                    (folder / "reached").unlink(missing_ok=True)
                print(one.line(), flush=True)
                rows.append(one.row())
        for control in filter(entries.is_control, chosen):
            is_flagged = flagged(arguments.bin, control, arguments.schedules, folder)
            print(f"{control['id']:<5} control    {'FLAGGED' if is_flagged else 'passes'}", flush=True)
            controls.append({"id": control["id"], "flagged": is_flagged})
    if arguments.json:
        arguments.json.write_text(json.dumps({"mutants": rows, "controls": controls}, indent=1) + "\n")
    missed = {row["id"] for row in rows} - {row["id"] for row in rows if row["detected"]}
    print(f"{len(mutants)} mutants, {len(missed)} never detected {' '.join(sorted(missed))}; {len(controls)} controls, "
          f"{sum(each['flagged'] for each in controls)} flagged")
    sys.exit(1 if missed or any(each["flagged"] for each in controls) else 0)


main()
