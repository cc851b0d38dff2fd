#include <cstdio>

#include <fmt/core.h>

#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/evidence.hpp"
#include "harness/command/sim_table.hpp"
#include "harness/command/sim_token.hpp"
#include "harness/report/console.hpp"
#include "harness/report/family_table.hpp"
#include "harness/report/progress.hpp"
#include "harness/target/interruption.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter sim: " << text << '\n';
  return code;
}

std::vector<plan::plan> simulated(const catalogue& all) {
  std::vector<plan::plan> plans;
  for (const auto& one : all.cases()) {
    if (one.source->runs_in("sim") && cannot_simulate(one.what).empty()) plans.push_back(one.what);
  }
  return plans;
}

/// A token, where a seed says it all; what dfs found has only its recorded schedule.
std::string replay_line(const sim_options& how, const sim_case& one, evidence& kept) {
  const sim_token token{.seed = one.failing_seed, .strategy = how.strategy, .case_id = one.record.id};
  if (how.strategy != "dfs") return "nailbiter replay " + shell_word(to_string(token));
  const auto folder = kept.folder_of(one.record.id);
  return "nailbiter replay " + shell_word(folder ? folder->string() : how.out);
}

report::campaign campaign_of(const sim_result& done, std::uint64_t seed) {
  report::campaign all{.target = "simulated naild", .seed = seed};
  for (const auto& one : done.cases) all.cases.push_back(one.record);
  all.duration_ns = done.duration_ns;
  all.interrupted = done.interrupted;
  return all;
}

}  // namespace

exit_code execute(const sim_options& how, terminal to) {
  target::interruption stop;
  const auto all = catalogue::load(how.which);
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto plans = simulated(*all);
  if (plans.empty()) return complain(to, "none of these cases runs in the simulator", exit_code::unknown);

  const auto colour = report::colour_for(stdout);
  report::progress shown(stderr, how.verbose ? report::watched::no : report::is_terminal(stderr), plans.size());
  sim_settings settings{.schedules = how.schedules, .strategy = how.strategy, .seed = how.seed, .departures = how.departures, .covers = how.verbose};
  settings.interrupted = [&stop] { return stop.taken(); };
  evidence kept(how.out, run_name(), process_environment());
  std::string write_fault;
  const auto failed = [&](const target::case_result& result, sim_case& one, const std::string& schedule) {
    one.record.replay = replay_line(how, one, kept);
    const auto written = kept.keep(result, one.record, schedule);
    if (!written) write_fault = written.error();
    shown.clear();
    to.out << report::explained(one.record, colour);
  };
  const auto done = [&](const sim_case& one) {
    if (how.verbose) to.out << line_of(one, settings) << std::flush;
    shown.advance(one.record.id, report::needs_explaining(one.record));
  };
  const auto result = run_sim_campaign(plans, settings, failed, done);
  const auto campaign = campaign_of(result, how.seed);
  shown.clear();
  if (how.verbose) to.out << coverage_of(result.covered);
  to.out << family_table(result.cases) << figures_of(result) << conclusion_of(result, settings);
  to.out << report::summary_line(campaign) << '\n' << fmt::format("trace hash: {:016x}\n", result.trace_hash);
  if (!result.fault.empty()) return complain(to, result.fault);
  if (!write_fault.empty()) return complain(to, write_fault);
  return exit_code_of(campaign);
}

}  // namespace nailbiter::command
