#pragma once

// What --help teaches beyond the options. Private to the command line.

namespace nailbiter::command {

inline constexpr const char* program_version = "nailbiter 0.1.0";

inline constexpr const char* program_help =
    "Fires concurrent clients, cancellations and stdio interleavings at a nailgun daemon and judges what it does.\n"
    "Exit codes: 0 all hold, 1 nonconformant, 2 no verdict or nothing executed, 3 one session reached another,\n"
    "64 usage, 70 fault of the harness, 130 interrupted.";

inline constexpr const char* program_examples =
    "\nExamples:\n"
    "  nailbiter run --smoke                       a first look at the naild beside this program\n"
    "  nailbiter run 'cancel/*' --connect tcp:127.0.0.1:2113 --puppet Puppet\n"
    "  nailbiter sim --schedules 10000             the same cases under schedules that it chooses\n"
    "  nailbiter replay out/latest/CASE            run a failure again\n"
    "'nailbiter run --help' says more; so does every other sub-command.";

inline constexpr const char* list_examples =
    "\nExamples:\n"
    "  nailbiter list 'cancel/*'\n"
    "  nailbiter list '*[transport=tcp]' --json";

inline constexpr const char* run_examples =
    "  --exec CMD...               A command that starts the daemon; last on the line, takes all that follows.\n"
    "                              The word {address} becomes unix:PATH or tcp:HOST:PORT\n"
    "\nExamples:\n"
    "  nailbiter run --smoke --junit junit.xml\n"
    "  nailbiter run 'exit/*[transport=unix]' --repeat 20 --seed 7\n"
    "  nailbiter run --target nailgun-0.9.3 --known scenarios/targets/nailgun-0.9.3.known.toml\n"
    "  nailbiter run --puppet puppet --exec ./naild --listen {address} --enable-puppet\n"
    "A failure leaves a folder under out/latest and ends with the line that replays it. A daemon that cannot start ends the\n"
    "run at once: exit 2, with the last of what it printed.";

inline constexpr const char* probe_examples =
    "  --exec CMD...               As for run: last on the line, takes all that follows\n"
    "\nExamples:\n"
    "  nailbiter probe --target nailgun-0.9.3 --patient\n"
    "  nailbiter probe --program exec --exec ./my-daemon --listen {address}\n"
    "  nailbiter probe --program exec --puppet exec {puppet} --exec ./my-daemon --listen {address}\n"
    "Exit codes: 0 it is as claimed, 1 it is not, or it says X 0 to what cannot be done; 2 it cannot be reached.";

inline constexpr const char* sim_examples =
    "\nExamples:\n"
    "  nailbiter sim 'cancel/*' --schedules 5000 --strategy pct\n"
    "  nailbiter sim 'exit/codes*' --strategy dfs --departures 1 -v\n"
    "The last line is 'trace hash: ...': equal options and equal sources give an equal hash.";

inline constexpr const char* replay_examples =
    "\nExamples:\n"
    "  nailbiter replay 'out/latest/cancel.full-transport=unix'\n"
    "  nailbiter replay 'sim1:17:portfolio:cancel/full[transport=unix]'\n"
    "A folder's plan is run again; a command that only the folder names is never run.";

inline constexpr const char* shrink_examples =
    "\nExample:\n"
    "  nailbiter shrink 'out/latest/cancel.full-transport=unix'\n"
    "Leaves a new folder of the same case, with a smaller plan and schedule, and says why it fails.";

inline constexpr const char* lift_examples =
    "  --exec CMD...               A command that starts the daemon; last on the line, takes all that follows\n"
    "\nExamples:\n"
    "  nailbiter lift 'out/latest/overlap.rounds-runs=2'\n"
    "  nailbiter lift 'out/latest/overlap.rounds-runs=2' --runs 1000 --puppet puppet --exec ./naild --listen {address} --enable-puppet\n"
    "Exit 0: it has not failed live, and the last line says what may be concluded from that.";

inline constexpr const char* verify_fix_examples =
    "  --exec CMD...               A command that starts the daemon; last on the line, takes all that follows\n"
    "\nExamples:\n"
    "  nailbiter verify-fix out/latest/CASE --record      with the old build, where the folder has no rate.json\n"
    "  nailbiter verify-fix out/latest/CASE               with the new one\n"
    "Exit 0: what failed before would have shown; 2: too few runs, or no rate from before; 1 or 3: it still fails.";

inline constexpr const char* globals_examples =
    "  --exec CMD...               A command that starts the daemon; last on the line, takes all that follows\n"
    "\nExamples:\n"
    "  nailbiter globals                                  the naild beside this program\n"
    "  nailbiter globals --pid 4711 --puppet puppet\n"
    "Runs that are all alike come first; then one that differs in its values only. A variable that changes then, or that\n"
    "holds the values afterwards, is named: exit 3. Its limits: the main program's .data and .bss only, so no thread-local\n"
    "variables and no libraries; four pointers deep and 4 KiB of each block; a word that looks like a pointer is followed;\n"
    "what every run changes is noise: a counter, or a pointer to the run that is current. Of an interpreter it sees the C\n"
    "variables and none of the program's objects. It needs the program's symbols and the rights of a debugger;\n"
    "without them it says 'not exercised', exit 2.";

inline constexpr const char* compare_examples =
    "\nExamples:\n"
    "  nailbiter compare before/report.json after/report.json\n"
    "  nailbiter compare a/report.json b/report.json --html matrix.html";

inline constexpr const char* bench_examples =
    "\nExample:\n"
    "  nailbiter bench --rounds 51 --json bench.json\n"
    "Prints each figure beside its budget; exit 1: one is over. Figures are ratios taken in turn, and still want an idle machine.";

inline constexpr const char* power_examples =
    "\nExamples:\n"
    "  nailbiter power --json power.json\n"
    "  nailbiter power --mutant S2 --mutant N1 --seeds 10\n"
    "  nailbiter power --set hops\n"
    "Each bug sleeps in one build of an edited copy (build/mutants). Exit 1: a control is flagged, a kill is lost\n"
    "(tests/mutants/kills.txt), or a bug is not caught and the catalogue does not say what is missing.";

}  // namespace nailbiter::command
