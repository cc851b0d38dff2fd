#!/usr/bin/env python3
"""writable_symbols.py PROGRAM: the program has no variable of the project that runs could share, but for those named here.

Looks at the symbols of .data, .bss, .tdata and .tbss; what is read-only once it has been relocated is no variable."""

import os
import subprocess
import sys
import tempfile

WRITABLE = {".data", ".bss", ".tdata", ".tbss"}

# Each with the reason why no run can see another's value in it.
JUSTIFIED = {
    "naild::io::(anonymous namespace)::last_words": "two descriptors' numbers for a handler of signals: set once in main()",
    "naild::io::run_queue_of_this_thread()::queue": "which strands are ready on this I/O thread: scheduling, no run's data",
    "naild::stdio::thread_slot::here()::bound": "the binding of this thread's stdio; unbound when the run's work on it ends",
    "naild::task::(anonymous namespace)::lists_of_this_thread()::lists": "free memory of this thread's coroutine frames",
}

PLANTED = """
namespace naild::planted {
static int counter = 0;
static thread_local int of_thread = 1;
static const int constant = 7;
int next() { return counter++ + of_thread++ + constant; }
}
int main() { return naild::planted::next() == 0; }
"""


def lines_of(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def sections_of(program):
    """Index -> name."""
    found = {}
    for line in lines_of("readelf", "-SW", program):
        head, _, rest = line.partition("]")
        number = head.strip().lstrip("[").strip()
        if number.isdigit():
            found[number] = rest.split()[0] if rest.split() else ""
    return found


def variables_of(program):
    """Demangled names of the project's own variables in writable sections."""
    sections = sections_of(program)
    names = set()
    for line in lines_of("readelf", "-sW", program):
        words = line.split(None, 7)
        if len(words) == 8 and words[3] in ("OBJECT", "TLS") and sections.get(words[6]) in WRITABLE:
            names.add(words[7])
    pure = subprocess.run(["c++filt"], input="\n".join(sorted(names)), stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")
    return {name.removeprefix("guard variable for ") for name in pure if "naild::" in name or "nailbiter::" in name}


def check_that_it_sees():
    with tempfile.TemporaryDirectory() as folder:
        source, program = os.path.join(folder, "planted.cpp"), os.path.join(folder, "planted")
        with open(source, "w", encoding="utf-8") as out:
            out.write(PLANTED)
        subprocess.run(["g++", "-O0", "-o", program, source], check=True)
        found = variables_of(program)
    if found != {"naild::planted::counter", "naild::planted::of_thread"}:
        sys.exit(f"this check does not see what was planted; it saw {sorted(found)}")


def main():
    check_that_it_sees()
    found = variables_of(sys.argv[1])
    wrong = [f"a variable that runs share: {name}" for name in sorted(found - JUSTIFIED.keys())]
    wrong += [f"justified, but not there any more: {name}" for name in sorted(JUSTIFIED.keys() - found)]
    if wrong:
        sys.exit("\n".join(wrong))
    for name in sorted(found):
        print(f"{name}: {JUSTIFIED[name]}")


main()
