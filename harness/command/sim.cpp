#include <cstdio>

#include <fmt/format.h>

#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/evidence.hpp"
#include "harness/command/sim_campaign.hpp"
#include "harness/command/sim_token.hpp"
#include "harness/report/console.hpp"
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

std::string line_of(const sim_case& one) {
  const auto per_execution = one.executions == 0 ? 0 : one.steps / one.executions;
  return fmt::format("{:<13} {:>8} executions {:>8} steps each  {}\n", report::name_of(one.record.summary.result), one.executions,
                     per_execution, one.record.id);
}

report::campaign campaign_of(const sim_result& done, std::uint64_t seed) {
  report::campaign all{.target = "simulated naild", .seed = seed};
  for (const auto& one : done.cases) all.cases.push_back(one.record);
  all.duration_ns = done.duration_ns;
  all.interrupted = done.interrupted;
  return all;
}

std::string figures_of(const sim_result& done) {
  const double seconds = static_cast<double>(done.duration_ns) / 1e9;
  const auto executions = done.executions + done.repeated;
  const auto per_s = seconds > 0 ? static_cast<double>(executions) / seconds : 0;
  const auto steps = done.executions == 0 ? 0.0 : static_cast<double>(done.steps) / static_cast<double>(done.executions);
  return fmt::format("{} executions and {} repeated to compare: {:.0f} executions/s, {:.0f} steps an execution\n", done.executions,
                     done.repeated, per_s, steps);
}

}  // namespace

exit_code execute(const sim_options& how, terminal to) {
  target::interruption stop;
  const auto all = catalogue::load(how.which);
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto plans = simulated(*all);
  if (plans.empty()) return complain(to, "none of these cases runs in the simulator", exit_code::unknown);

  const auto colour = report::is_terminal(stdout) == report::watched::yes ? report::colour::on : report::colour::off;
  evidence kept(how.out, run_name(), process_environment());
  std::string write_fault;
  const auto failed = [&](const target::case_result& result, sim_case& one, const std::string& schedule) {
    const sim_token token{.seed = one.failing_seed, .strategy = how.strategy, .case_id = one.record.id};
    one.record.replay = "nailbiter replay " + shell_word(to_string(token));
    const auto written = kept.keep(result, one.record, schedule);
    if (!written) write_fault = written.error();
    to.out << report::explained(one.record, colour);
  };
  const auto done = [&to](const sim_case& one) { to.out << line_of(one); };
  sim_settings settings{.schedules = how.schedules, .strategy = how.strategy, .seed = how.seed};
  settings.interrupted = [&stop] { return stop.taken(); };
  const auto result = run_sim_campaign(plans, settings, failed, done);
  const auto campaign = campaign_of(result, how.seed);
  to.out << figures_of(result) << report::summary_line(campaign) << '\n' << fmt::format("trace hash: {:016x}\n", result.trace_hash);
  if (!result.fault.empty()) return complain(to, result.fault);
  if (!write_fault.empty()) return complain(to, write_fault);
  return exit_code_of(campaign);
}

}  // namespace nailbiter::command
