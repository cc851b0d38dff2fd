#include <cstdio>
#include <limits>

#include <fmt/core.h>

#include "harness/command/build_identity.hpp"
#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/failure.hpp"
#include "harness/command/live_setup.hpp"
#include "harness/command/measurement.hpp"
#include "harness/command/puppet_build.hpp"
#include "harness/command/schedule_trial.hpp"
#include "harness/command/sim_token.hpp"
#include "harness/explore/replay.hpp"
#include "harness/report/console.hpp"
#include "harness/report/progress.hpp"
#include "harness/target/live_target.hpp"
#include "harness/target/sim_target.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter replay: " << text << '\n';
  return code;
}

/// Prints what the execution gave; its exit code.
exit_code tell(const target::case_result& result, terminal to) {
  auto record = report::record_of(result);
  record.id = result.observed.what.case_id;
  const auto painted = report::colour_for(stdout);
  to.out << report::explained(record, painted);
  report::campaign one{.target = "replay"};
  one.cases.push_back(std::move(record));
  return exit_code_of(one);
}

std::string hash_line(std::uint64_t hash) { return fmt::format("trace hash: {:016x}\n", hash); }

exit_code replay_token(const sim_token& token, const catalogue& all, terminal to) {
  const auto* one = all.find(token.case_id);
  if (one == nullptr) return complain(to, fmt::format("no case '{}'; see nailbiter list", token.case_id), exit_code::usage);
  if (token.strategy == "dfs") return complain(to, "dfs goes on from schedule to schedule and has no seeds: replay the folder", exit_code::usage);
  const auto decides = explore::make_strategy(token.strategy);
  if (decides == nullptr) return complain(to, fmt::format("no strategy '{}'", token.strategy), exit_code::usage);
  target::simulated_target target;
  const auto result = target.run(one->what, *decides, token.seed);
  const auto code = tell(result, to);
  to.out << hash_line(target.world().hash());
  return code;
}

/// The schedule is of other sources, and this code leaves it: what it gives by its anchors. Only the same failure is worth
/// an exit code; anything else is another execution, of which nothing follows.
exit_code replay_changed(const failure& kept, const explore::schedule& record, const explore::divergence& where, terminal to) {
  to.out << fmt::format("recorded from other sources ({}, these are {}): {}\n", record.source_hash, source_hash(), to_string(where));
  const auto tried = try_schedule(kept.what, record);
  to.out << "by its anchors: " << to_string(tried) << '\n';
  if (!fails_like(kept.verdict, tried.result)) return exit_code::unknown;
  return tell(tried.result, to);
}

exit_code replay_schedule(const failure& kept, terminal to) {
  const auto schedule = explore::parse_schedule(kept.schedule);
  if (!schedule) return complain(to, fmt::format("schedule.bin: {}", describe(schedule.error())), exit_code::usage);
  explore::replay follows(*schedule);
  // The record says how long the schedule was hostile: it alone decides.
  target::simulated_target target({.hostile_decisions_max = std::numeric_limits<std::uint64_t>::max()});
  const auto result = target.run(kept.what, follows, schedule->seed);
  // A run that left the schedule is another run: its verdict would say nothing of this one.
  if (const auto where = follows.divergence_at_end()) {
    const bool changed = !schedule->source_hash.empty() && schedule->source_hash != source_hash();
    return changed ? replay_changed(kept, *schedule, *where, to) : complain(to, "DIVERGED from the schedule: " + to_string(*where));
  }
  const auto code = tell(result, to);
  to.out << hash_line(target.world().hash());
  const auto again = report::stored(report::record_of(result));
  if (again == kept.verdict) return code;
  return complain(to, fmt::format("the same schedule gave another verdict: {} {} '{}' before, {} {} '{}' now", kept.verdict.verdict,
                                  kept.verdict.checker, kept.verdict.reason, again.verdict, again.checker, again.reason));
}

exit_code replay_live(const failure& kept, const target_choice& against, const catalogue& all, terminal to) {
  target::interruption stop;
  auto setup = set_up(against, all.folder());
  if (!setup) return complain(to, setup.error().text, setup.error().code);
  auto directory = target::temporary_directory::make();
  if (!directory) return complain(to, directory.error());
  const auto built = build_puppet(*setup, directory->path() / "puppet");
  if (!built) return complain(to, built.error());
  target::live_target target(setup->description, directory->path(), &stop);
  const auto result = target.run(kept.what);
  if (stop.taken()) return exit_code::interrupted;
  const auto code = tell(result, to);
  const auto again = report::stored(report::record_of(result));
  to.out << (again == kept.verdict ? "the same verdict as before\n"
                                   : fmt::format("before: {} {} {}\n", kept.verdict.verdict, kept.verdict.checker, kept.verdict.reason));
  return code;
}

}  // namespace

exit_code execute(const replay_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {}, .scenarios = how.scenarios});
  if (!all) return complain(to, all.error().text, all.error().code);
  if (looks_like_sim_token(how.what)) {
    const auto token = parse_sim_token(how.what);
    if (!token) return complain(to, fmt::format("'{}' is no token: sim1:SEED:STRATEGY:CASE", how.what), exit_code::usage);
    return replay_token(*token, *all, to);
  }
  const auto kept = open_failure(how.what, *all);
  if (!kept) return complain(to, kept.error(), exit_code::usage);
  if (!kept->schedule.empty()) return replay_schedule(*kept, to);
  return replay_live(*kept, how.against, *all, to);
}

}  // namespace nailbiter::command
