#include "harness/command/schedule_trial.hpp"

#include <limits>
#include <utility>

#include <fmt/core.h>

#include "harness/report/campaign.hpp"

namespace nailbiter::command {

schedule_trial try_schedule(const plan::plan& what, const explore::schedule& record, target::sim_options how) {
  // The record says how long the schedule was hostile: it alone decides.
  how.hostile_decisions_max = std::numeric_limits<std::uint64_t>::max();
  target::simulated_target target(std::move(how));
  explore::anchored follows(record, target.world().trace());
  auto result = target.run(what, follows, record.seed);
  return {.result = std::move(result), .match = follows.match()};
}

std::string to_string(const schedule_trial& what) {
  const auto& summary = what.result.summary;
  const auto gave = summary.result == check::outcome::pass ? std::string("it passes")
                                                           : fmt::format("{}: {}: {}", report::name_of(summary.result), summary.checker, check::describe(summary.why));
  return explore::to_string(what.match) + "; " + gave;
}

}  // namespace nailbiter::command
