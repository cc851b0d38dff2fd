#include "harness/command/sub_commands.hpp"

#include <charconv>

#include "harness/command/help_text.hpp"

namespace nailbiter::command {
namespace {

/// "I/N" with 1 <= I <= N. The error is CLI11's: a text.
shard shard_from(const std::string& text) {
  shard part;
  const char* end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, part.index);
  const bool has_slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
  const auto count = std::from_chars(has_slash ? index.ptr + 1 : end, end, part.count);
  if (!has_slash || count.ec != std::errc() || count.ptr != end || part.index == 0 || part.index > part.count) {
    throw CLI::ValidationError("--shard", "'" + text + "' is not I/N with 1 <= I <= N");
  }
  return part;
}

plan::delivery delivery_from(const std::string& text) {
  if (text == "race") return plan::delivery::race;
  if (text == "settle") return plan::delivery::settle;
  throw CLI::ValidationError("--mode", "'" + text + "' is neither race nor settle");
}

/// A file to write to.
CLI::Option* add_file(CLI::App& sub, const char* option, std::string& into, const char* text) {
  const auto is_no_dash = [](const std::string& name) { return std::string(name == "-" ? "'-' is no file: stdout has the table" : ""); };
  return sub.add_option(option, into, text)->type_name("FILE")->check(is_no_dash);
}

void add_selection(CLI::App& app, selection& which) {
  app.add_option("PATTERN", which.patterns, "Case ids; '*' stands for any text, [axis=value] for these axes in any order");
  app.add_option("--scenarios", which.scenarios, "Folder of the scenarios")->type_name("DIR");
}

CLI::App* add_list(CLI::App& app, list_options& list) {
  auto* sub = app.add_subcommand("list", "List the cases, one a line");
  add_selection(*sub, list.which);
  sub->add_flag("--json", list.json, "One JSON array with id, title, requires, upstream, level, capabilities, worlds, mode");
  sub->footer(list_examples);
  return sub;
}

void add_target(CLI::App& sub, target_choice& against) {
  auto* target = sub.add_option("--target", against.target, "A profile: its name under scenarios/targets or its file")->type_name("PROFILE");
  auto* connect = sub.add_option("--connect", against.connect, "A daemon that is already there")->type_name("unix:PATH|tcp:HOST:PORT");
  target->excludes(connect);
  const auto says_how = [&](const char* option, std::vector<std::string>& words, const char* text) {
    sub.add_option(option, words, text)->type_name("WORD")->allow_extra_args(false)->excludes(target);
  };
  sub.add_option("--dialect", against.dialect, "Dialect of the target, where no profile says it")->type_name("NAME");
  says_how("--blocking-puppet", against.blocking, "What runs the puppet on a thread of its own there, a word at a time");
  says_how("--puppet", against.puppet, "What runs the puppet there, a word at a time; '{puppet}' is our executable");
  says_how("--program", against.program, "What runs a program there, a word at a time");
}

CLI::App* add_run(CLI::App& app, run_options& run) {
  auto* sub = app.add_subcommand("run", "Run cases against a daemon (default: the naild beside nailbiter)");
  add_selection(*sub, run.which);
  sub->add_flag("--smoke", run.smoke, "Only the cases of the smoke suite");
  add_target(*sub, run.against);
  sub->add_option("--known", run.known, "Known failures; they count apart")->type_name("FILE");
  sub->add_option_function<std::string>("--mode", [&run](const std::string& text) { run.mode = delivery_from(text); },
                                        "race: a client's ops in a burst; settle: each when the daemon has read the last. Default: as a case says, most often race")
      ->option_text("settle|race");
  sub->add_option("--seed", run.seed, "Seed of every random choice")->type_name("N")->capture_default_str();
  sub->add_option("--repeat", run.repeat, "Run every case N times")->type_name("N")->check(CLI::Range(1u, 1'000'000u));
  sub->add_option("--jobs", run.jobs, "Cases at a time, each against a daemon of its own")->type_name("N")->check(CLI::Range(1u, 256u));
  sub->add_option_function<std::string>("--shard", [&run](const std::string& text) { run.part = shard_from(text); },
                                        "Only every N-th case, from the I-th")->type_name("I/N");
  add_file(*sub, "--junit", run.reports.junit, "Write JUnit XML");
  add_file(*sub, "--json", run.reports.json, "Write the JSON report");
  add_file(*sub, "--tap", run.reports.tap, "Write TAP");
  add_file(*sub, "--markdown", run.reports.markdown, "Write Markdown");
  add_file(*sub, "--html", run.reports.html, "Write one self-contained page: the cases, and a section a failure");
  sub->add_option("--out", run.out, "Where the run's folder is made")->type_name("DIR")->capture_default_str();
  sub->add_option("--worker", run.worker)->group("");
  sub->add_option("--built", run.built)->group("");
  sub->add_flag("-v,--verbose", run.verbose, "Print every case as it ends");
  sub->footer(run_examples);
  return sub;
}

CLI::App* add_probe(CLI::App& app, probe_options& probing) {
  auto* sub = app.add_subcommand("probe", "Ask a daemon what it can do, hold that against what is claimed, and suggest a profile");
  add_target(*sub, probing.against);
  sub->add_flag_callback("--patient", [&probing] { probing.patience = probe::price::long_one; },
                         "Ask too what only time tells: 13 s for each of two questions");
  sub->add_option("--scenarios", probing.scenarios, "Folder of the scenarios, whose targets/ holds the profiles")->type_name("DIR");
  add_file(*sub, "--json", probing.json, "Write what was found as JSON");
  sub->footer(probe_examples);
  return sub;
}

CLI::App* add_sim(CLI::App& app, sim_options& sim) {
  auto* sub = app.add_subcommand("sim", "Run cases in the deterministic simulator, each under many schedules");
  add_selection(*sub, sim.which);
  sub->add_option("--schedules", sim.schedules, "How many in all, shared evenly; at least one a case")->type_name("N")->capture_default_str();
  sub->add_option("--strategy", sim.strategy, "Who picks the next step")
      ->check(CLI::IsMember({"portfolio", "pos", "pct", "random", "dfs", "fifo"}))->capture_default_str();
  sub->add_option("--departures", sim.departures, "dfs: all schedules with at most N preemptions and cut reads or writes")->type_name("N")
      ->check(CLI::Range(0u, 100u))->capture_default_str();
  sub->add_option("--seed", sim.seed, "Seed of the first schedule")->type_name("N")->capture_default_str();
  sub->add_option("--out", sim.out, "Where folders of failures are made")->type_name("DIR")->capture_default_str();
  sub->add_flag("-v,--verbose", sim.verbose, "Print every case as it ends, and which conflicting steps were seen in which order");
  sub->footer(sim_examples);
  return sub;
}

CLI::App* add_replay(CLI::App& app, replay_options& replay) {
  auto* sub = app.add_subcommand("replay", "Run a failure again, from its folder or its token");
  sub->add_option("DIR|TOKEN", replay.what, "A folder out/<run>/<case>, or a token sim1:SEED:STRATEGY:CASE")->required();
  sub->add_option("--scenarios", replay.scenarios, "Folder of the scenarios")->type_name("DIR");
  add_target(*sub, replay.against);
  sub->footer(replay_examples);
  return sub;
}

CLI::App* add_shrink(CLI::App& app, shrink_options& shrink) {
  auto* sub = app.add_subcommand("shrink", "Make a failure small, in the simulator, and explain it");
  sub->add_option("DIR", shrink.folder, "A folder out/<run>/<case>")->required();
  sub->add_option("--scenarios", shrink.scenarios, "Folder of the scenarios")->type_name("DIR");
  sub->add_option("--out", shrink.out, "Where the new folder is made")->type_name("DIR")->capture_default_str();
  sub->add_option("--seeds", shrink.effort.seeds, "Schedules that each smaller plan is given to fail")->type_name("N")->capture_default_str();
  sub->add_option("--steps", shrink.effort.steps, "Steps of the simulator that it may take in all")->type_name("N")->capture_default_str();
  sub->add_option("--seconds", shrink.seconds, "Ends with what it has after so long")->type_name("N")->capture_default_str();
  sub->footer(shrink_examples);
  return sub;
}

CLI::App* add_lift(CLI::App& app, lift_options& lift) {
  auto* sub = app.add_subcommand("lift", "Carry a failure of the simulator to a live daemon, and say how often it shows there");
  sub->add_option("DIR", lift.folder, "A folder out/<run>/<case>, best a shrunk one")->required();
  sub->add_option("--scenarios", lift.scenarios, "Folder of the scenarios")->type_name("DIR");
  add_target(*sub, lift.against);
  sub->add_option("--runs", lift.runs, "Live runs of each plan")->type_name("N")->check(CLI::Range(1u, 1'000'000u))->capture_default_str();
  sub->add_option("--seconds", lift.seconds, "Ends with the runs it has after so long")->type_name("N")->capture_default_str();
  sub->add_option("--out", lift.out, "Where the live failure's folder is made")->type_name("DIR")->capture_default_str();
  sub->footer(lift_examples);
  return sub;
}

CLI::App* add_verify_fix(CLI::App& app, verify_fix_options& verify) {
  auto* sub = app.add_subcommand("verify-fix", "Say how often a failure shows now, how often it did, and what follows from that");
  sub->add_option("DIR", verify.folder, "A folder out/<run>/<case>; its rate.json says how often it failed before")->required();
  sub->add_option("--scenarios", verify.scenarios, "Folder of the scenarios")->type_name("DIR");
  add_target(*sub, verify.against);
  sub->add_option("--runs", verify.runs, "How many; 0: as many as the rate before asks for")->type_name("N")->capture_default_str();
  sub->add_option("--seconds", verify.seconds, "Ends with the runs it has after so long")->type_name("N")->capture_default_str();
  sub->add_flag("--record", verify.record, "Keep the rate of this build in the folder, as the one before");
  sub->footer(verify_fix_examples);
  return sub;
}

CLI::App* add_compare(CLI::App& app, compare_options& compare) {
  auto* sub = app.add_subcommand("compare", "Say what changed between reports, case by case; exit 1 if anything is worse");
  sub->add_option("REPORT", compare.reports, "report.json files; the first is what the others are held against")->required()->expected(2, 64);
  sub->add_flag("--json", compare.json, "Print JSON");
  add_file(*sub, "--html", compare.html, "Write all of them side by side, a column each");
  sub->footer(compare_examples);
  return sub;
}

CLI::App* add_bench(CLI::App& app, bench_options& bench) {
  auto* sub = app.add_subcommand("bench", "Measure naild against the least that any server must do");
  add_file(*sub, "--json", bench.json, "Write the figures as JSON");
  sub->add_option("--rounds", bench.rounds, "Rounds, floor and naild in turn")->type_name("N")->check(CLI::Range(1u, 1000u))->capture_default_str();
  sub->add_option("--serve-floor", bench.floor_socket)->group("");
  sub->footer(bench_examples);
  return sub;
}

CLI::App* add_power(CLI::App& app, power_options& power) {
  auto* sub = app.add_subcommand("power", "Measure what the harness catches of the bugs that tests/mutants plants in naild");
  auto* mutants = sub->add_option("--mutant", power.mutants, "Only this one, control or bug")->type_name("ID")->allow_extra_args(false);
  sub->add_option("--set", power.set, "Only the bugs of tests/mutants/sets/NAME.toml, a line a strategy")->type_name("NAME")->excludes(mutants);
  sub->add_option("--strategy", power.strategies, "Only this one")->check(CLI::IsMember({"random", "pct", "pos", "portfolio"}))->allow_extra_args(false);
  add_file(*sub, "--json", power.json, "Write the results as JSON");
  sub->add_option("--seeds", power.seeds, "Searches, by each strategy")->type_name("N")->check(CLI::Range(1u, 100'000u))->capture_default_str();
  sub->add_option("--schedules", power.schedules, "Executions of a search, at most")->type_name("N")->check(CLI::Range(1u, 10'000'000u))->capture_default_str();
  sub->add_option("--control-schedules", power.control_schedules, "Executions of a control (default: 100,000 for all together)")->type_name("N");
  sub->add_option("--seconds", power.seconds, "CPU for one mutant by one strategy; searches beyond are left out")->type_name("N")->check(CLI::Range(1u, 100'000u))->capture_default_str();
  sub->add_option("--jobs", power.jobs, "Processes at a time")->type_name("N")->check(CLI::Range(1u, 256u))->capture_default_str();
  sub->add_option("--bin", power.bin, "Programs with the planted bugs (default: tests/mutants/build builds them)")->type_name("DIR");
  sub->add_option("--scenarios", power.scenarios, "Folder of the scenarios, in a source tree")->type_name("DIR");
  sub->add_flag("--accept", power.accept, "Add what is newly caught to tests/mutants/kills.txt");
  sub->add_option("--search", power.search_case)->group("");
  sub->footer(power_examples);
  return sub;
}

CLI::App* add_globals(CLI::App& app, globals_options& globals) {
  auto* sub = app.add_subcommand("globals", "Look into a daemon's memory: which of its variables keep something of a run?");
  sub->add_option("--pid", globals.pid, "A daemon that runs already; without an address, the unix socket that it listens at")
      ->type_name("PID")->check(CLI::Range(1, 0x7fff'ffff));
  add_target(*sub, globals.against);
  sub->add_option("--alike", globals.alike, "Runs that are all alike, from which it learns what every run changes")->type_name("N")
      ->check(CLI::Range(1u, 1000u))->capture_default_str();
  sub->add_option("--scenarios", globals.scenarios, "Folder of the scenarios, whose targets/ holds the profiles")->type_name("DIR");
  add_file(*sub, "--json", globals.json, "Write what was found as JSON");
  sub->footer(globals_examples);
  return sub;
}

CLI::App* add_actor(CLI::App& app, actor_options& actor) {
  auto* sub = app.add_subcommand("actor", "Hold a client's connection (for the harness itself)")->group("");
  sub->add_option("ADDRESS", actor.daemon)->required();
  return sub;
}

template <class Options>
sub_command made(CLI::App& app, CLI::App* (*add)(CLI::App&, Options&)) {
  auto asked = std::make_unique<options>(Options{});
  CLI::App* const sub = add(app, std::get<Options>(*asked));
  return {sub, std::move(asked)};
}

}  // namespace

std::vector<sub_command> add_sub_commands(CLI::App& app) {
  std::vector<sub_command> all;
  all.push_back(made(app, add_list));
  all.push_back(made(app, add_run));
  all.push_back(made(app, add_probe));
  all.push_back(made(app, add_sim));
  all.push_back(made(app, add_replay));
  all.push_back(made(app, add_shrink));
  all.push_back(made(app, add_lift));
  all.push_back(made(app, add_verify_fix));
  all.push_back(made(app, add_globals));
  all.push_back(made(app, add_compare));
  all.push_back(made(app, add_bench));
  all.push_back(made(app, add_power));
  all.push_back(made(app, add_actor));
  return all;
}

}  // namespace nailbiter::command
