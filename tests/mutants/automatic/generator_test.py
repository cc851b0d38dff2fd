#!/usr/bin/env python3
"""The generator of mutants, held against a planted sample (each mutant built, and run awake) and against this tree."""

import collections
import pathlib
import subprocess
import tempfile
import unittest

from generate import FOLDERS, ROOT, copied_tree, errors_of, found_in, suspects_of
from ladder import Ladder, run as run_step
from operators import Mutant, mutants_of, with_mutants
from run import sampled
from statements import Source
from summary import wilson

HERE = pathlib.Path(__file__).resolve().parent
ASLEEP = "1 2 3 7 8 4 all 6"

# (operator, the changed text) -> what the sample prints when that mutant is awake.
AWAKE = {
    ("delete-call", "say(left);"): "2 3 7 8 4 all 6",
    ("delete-call", "say(left + right);"): "1 2 7 8 4 all 6",
    ("delete-call", "return say(number);"): "1 2 3 7 8 4 all",
    ("delete-call", "wake.notify_all();"): "1 2 3 7 8 4 6",
    ("swap-statements", "say(left); say(right);"): "2 1 3 7 8 4 all 6",
    ("swap-statements", "both(1, 2); both(0, 3);"): ASLEEP,
    ("drop-guard", "left == 0"): "1 2 3 0 3 0 7 8 4 all 6",
    ("never-if", "left > 0 && right > 0"): "1 2 0 7 8 4 all 6",
    ("always-if", "left > 0 && right > 0"): ASLEEP,
    ("drop-operand", "left > 0"): ASLEEP,
    ("loop-once", "for (int at = 7; at < 9; ++at) say(at);"): "1 2 3 7 4 all 6",
    ("test-without-set", "std::exchange(told, true)"): "1 2 3 7 8 4 5 all 6",
    ("drop-guard", "std::exchange(told, true)"): "1 2 3 7 8 4 5 all 6",
    ("flip-answer", "return true;"): "1 2 3 7 8 all 6",
    ("notify-one", "wake.notify_all();"): "1 2 3 7 8 4 one 6",
    ("drop-lock", "const std::lock_guard lock(guarding);"): ASLEEP,
}

COROUTINE = """
task<> work(queue& from) {
  base::bytes sending;
  while (!from.empty() && open) {
    from.take(sending);
    co_await from.sent(sending);
  }
}
void both(locked& lock) {
  lock.unlock();
  call();
  lock.lock();
}
"""


def listed(text):
    return collections.Counter((each.operator, each.text) for each in mutants_of(Source(text), "sample"))


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        text = (HERE / "sample.cpp").read_text()
        cls.mutants = mutants_of(Source(text), "sample.cpp")
        (folder / "mutant_ids.hpp").write_bytes(copied_tree.ids_header(each.id for each in cls.mutants))
        (folder / "sample.cpp").write_text('#include "automatic.hpp"\n' + with_mutants(text, list(enumerate(cls.mutants))))
        cls.program = folder / "sample"
        found_at = [f"-I{place}" for place in (HERE, HERE.parent / "support", folder)]
        subprocess.run(["g++", "-std=c++20", *found_at, folder / "sample.cpp", "-o", cls.program], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def printed(self, mutant=None):
        reached = pathlib.Path(self.folder.name) / "reached"
        reached.unlink(missing_ok=True)
        environment = {"NAILBITER_MUTANT": mutant.id, "NAILBITER_MUTANT_REACHED": str(reached)} if mutant else {}
        done = subprocess.run([self.program], env=environment, capture_output=True, text=True, check=True, timeout=10)
        return done.stdout.strip(), reached.exists()

    def test_prints_as_ever_while_all_are_asleep(self):
        self.assertEqual(self.printed(), (ASLEEP, False))

    def test_each_does_what_its_operator_says(self):
        by_text = {(each.operator, each.text): each for each in self.mutants}
        for key, wanted in AWAKE.items():
            with self.subTest(key):
                self.assertEqual(self.printed(by_text[key]), (wanted, True))

    def test_an_id_that_is_not_built_is_refused(self):
        with self.assertRaises(subprocess.CalledProcessError):
            self.printed(Mutant("none", 0, 0, id="A00000000"))


class Reading(unittest.TestCase):
    def test_sees_what_waits_and_what_is_kept_over_a_wait(self):
        found = listed(COROUTINE)
        for key in [("delete-await", "co_await from.sent(sending);"), ("share-local", "base::bytes sending;"), ("drop-operand", "!from.empty()"),
                    ("never-while", "!from.empty() && open"), ("widen-lock", "lock.unlock(); call(); lock.lock();")]:
            self.assertEqual(found[key], 1, key)

    def test_leaves_declarations_asserts_and_constant_conditions_alone(self):
        found = listed("void f() { assert(x); int a = 1; if constexpr (b) { using c = d; } }")
        self.assertEqual(found, {})

    def test_leaves_a_call_that_never_returns_alone(self):
        self.assertEqual(listed("[[noreturn]] void f() noexcept { std::terminate(); }"), {})

    def test_refuses_what_it_cannot_read(self):
        for text in ("void f() { do { g(); } while (x); }", "void f() { g(; }"):
            with self.assertRaises(ValueError):
                Source(text)

    def test_an_id_stays_when_other_code_changes(self):
        before, after = (mutants_of(Source(text), "a.cpp") for text in ("void f() { g(); }", "int x;\n\nvoid f() { h(1); g(); }"))
        self.assertIn(before[0].id, {each.id for each in after})

    def test_line_breaks_stay_where_they_are(self):
        source = Source(COROUTINE)
        edited = with_mutants(COROUTINE, list(enumerate(mutants_of(source, "a.cpp"))))
        self.assertEqual(edited.count("\n"), COROUTINE.count("\n"))


class Compiling(unittest.TestCase):
    def test_an_error_drops_the_likeliest_mutant_of_its_line(self):
        mutants = mutants_of(Source(COROUTINE), "reference/a.cpp")
        output = ("/copy/automatic.hpp: In instantiation of 'x':\n/copy/reference/a.cpp:3:9:   required from here\n"
                  "/copy/automatic.hpp:40:3: error: use of deleted function\n")
        errors = errors_of(output, pathlib.Path("/copy"))
        chosen = suspects_of(errors, {"reference/a.cpp": (COROUTINE, mutants)}, set())
        self.assertEqual([each.operator for each in mutants if each.id in chosen], ["share-local"])


class Tree(unittest.TestCase):
    def test_every_folder_and_nearly_every_operator_has_mutants(self):
        everyone = [each for _, mutants in found_in(ROOT).values() for each in mutants]
        self.assertEqual(len({each.id for each in everyone}), len(everyone))
        for folder in FOLDERS:
            self.assertGreater(sum(each.file.startswith(folder + "/") for each in everyone), 30, folder)
        seen = collections.Counter(each.operator for each in everyone)
        for operator in {key[0] for key in AWAKE} | {"delete-await", "share-local", "widen-lock", "never-while", "delete-assign"}:
            self.assertGreater(seen[operator], 0, operator)

    def test_a_sample_is_the_same_again_and_in_proportion(self):
        row = [{"file": f"{folder}/a.cpp", "operator": "x", "id": str(at)} for folder, count in (("big", 90), ("small", 10)) for at in range(count)]
        first = sampled(row, 20, 5)
        self.assertEqual(first, sampled(row, 20, 5))
        self.assertEqual(sum(each["file"].startswith("small") for each in first), 2)


class Steps(unittest.TestCase):
    def test_a_step_that_hangs_leaves_no_process_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            told = pathlib.Path(folder) / "pid"
            daemon = f"env -i setsid sh -c 'cd /; echo $$ > {told}.new; mv {told}.new {told}; exec sleep 600' > $TMPDIR/log 2>&1"
            problem = None
            for deadline_s in (1, 8, 64):  # until a busy machine has let it begin
                problem, _ = run_step(["sh", "-c", f"{daemon} & sleep 600"], deadline_s)
                if told.exists():
                    break
            self.assertEqual(problem, "hang")
            self.assertFalse(pathlib.Path(f"/proc/{told.read_text().strip()}/fd/0").exists())

    def test_a_mark_of_one_step_blames_no_other(self):
        ladder = Ladder.__new__(Ladder)
        ladder.steps = {"reaches": ["sh", "-c", 'echo r > "$NAILBITER_MUTANT_REACHED"'], "fails": ["false"]}
        ladder.usual_s = dict.fromkeys(ladder.steps, 1)
        found = ladder.judge("A00000000")
        self.assertEqual((found["step"], found["reached"]), (None, True))
        ladder.steps = {"both": ["sh", "-c", 'echo r > "$NAILBITER_MUTANT_REACHED"; false']}
        ladder.usual_s = {"both": 1}
        self.assertEqual(ladder.judge("A00000000")["step"], "both")


class Figures(unittest.TestCase):
    def test_wilson_is_the_textbook_interval(self):
        low, high = wilson(8, 10)
        self.assertAlmostEqual(low, 0.4901625, places=6)
        self.assertAlmostEqual(high, 0.9433178, places=6)
        self.assertEqual(wilson(0, 0), (0.0, 1.0))


if __name__ == "__main__":
    unittest.main()
