#include "harness/command/reproduction.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "harness/command/build_identity.hpp"
#include "harness/command/measurement.hpp"
#include "harness/explore/depth_first.hpp"
#include "harness/explore/replay.hpp"
#include "harness/explore/step_origins.hpp"
#include "harness/explore/strategies.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t steps_max = 1'000'000;
// A smaller plan that runs much longer than the failure it comes from is none.
constexpr std::uint64_t steps_min = 2'000;
constexpr std::uint64_t times_longer_max = 2;
// What the schedules that are tried for one smaller plan may take together.
constexpr std::uint64_t candidate_steps_max = 300'000;

// A list of decisions ends by itself and is calm after that: it alone decides.
target::sim_options patient(target::sim_options how) {
  how.steps_max = steps_max;
  how.hostile_decisions_max = std::numeric_limits<std::uint64_t>::max();
  return how;
}

}  // namespace

reproduction::reproduction(report::stored_verdict wanted, std::function<bool()> interrupted, target::sim_options how)
    : wanted_(std::move(wanted)),
      interrupted_(std::move(interrupted)),
      target_(patient(std::move(how))),
      portfolio_(explore::make_strategy("portfolio")),
      steps_of_failure_(steps_max) {}

bool reproduction::is_the_same(const target::case_result& result) const { return fails_like(wanted_, result); }

bool reproduction::may_go_on() const { return steps_left_ > 0 && !(interrupted_ && interrupted_()); }

target::case_result reproduction::run(const plan::plan& what, explore::strategy& decides, std::uint64_t seed) {
  ++executions_;
  target_.limit_steps(std::clamp(times_longer_max * steps_of_failure_, steps_min, steps_max));
  auto ran = target_.run(what, decides, seed);
  steps_left_ -= std::min<std::uint64_t>(steps_left_, target_.world().trace().steps.size());
  return ran;
}

bool reproduction::passes_in_order(const plan::plan& what) {
  explore::fifo in_order;
  auto ran = run(what, in_order, 0);
  const bool passes = ran.summary.result == check::outcome::pass;
  target_.recycle(std::move(ran));
  return passes;
}

void reproduction::judge_by(const plan::plan& original) { must_pass_in_order_ = passes_in_order(original); }

std::optional<explore::decision_list> reproduction::attempt(const plan::plan& what, explore::strategy& decides, std::uint64_t seed) {
  if (!may_go_on()) return std::nullopt;
  explore::decision_recorder recorder(decides);
  auto ran = run(what, recorder, seed);
  const bool same = is_the_same(ran);
  target_.recycle(std::move(ran));
  if (!same) return std::nullopt;
  steps_of_failure_ = target_.world().trace().steps.size();
  return recorder.taken();
}

std::optional<explore::decision_list> reproduction::follow(const plan::plan& what, const explore::decision_list& wanted) {
  explore::guided follows(wanted);
  return attempt(what, follows, 0);
}

std::optional<explore::decision_list> reproduction::follow(const plan::plan& what, const explore::schedule& recorded) {
  explore::replay follows(recorded);
  auto taken = attempt(what, follows, recorded.seed);
  return follows.divergence_at_end() ? std::nullopt : taken;
}

std::optional<explore::decision_list> reproduction::search(const plan::plan& what, const explore::decision_list& wanted,
                                                           std::uint64_t seeds) {
  if (what.clients.empty() || !may_go_on()) return std::nullopt;
  if (must_pass_in_order_ && !passes_in_order(what)) return std::nullopt;
  if (auto found = follow(what, wanted)) return found;
  const std::uint64_t before = steps_left_;
  for (std::uint64_t seed = 1; seed <= seeds && before - steps_left_ < candidate_steps_max; ++seed) {
    if (auto found = attempt(what, *portfolio_, seed)) return found;
  }
  return std::nullopt;
}

std::optional<explore::decision_list> reproduction::search_calm(const plan::plan& what, std::uint32_t departures,
                                                                std::uint64_t executions_max) {
  explore::depth_first all(departures);
  for (std::uint64_t i = 0; i < executions_max && may_go_on(); ++i) {
    if (auto found = attempt(what, all, 0)) return found;
    if (all.exhausted()) break;
  }
  return std::nullopt;
}

execution reproduction::play(const plan::plan& what, explore::strategy& decides, std::uint64_t seed) {
  execution done;
  explore::step_origins origins(decides);
  explore::step_log log(origins);
  log.count_events([this] { return target_.events_so_far(); });
  done.result = run(what, log, seed);
  const auto& trace = target_.world().trace();
  done.record = explore::make_schedule(trace, seed, "guided", source_hash(), build_hash());
  done.uses = log.uses(trace.strands);
  for (const auto& each : log.entries()) done.steps_of_uses.push_back(each.step);
  done.events_after = log.events_after();
  done.origins = origins.by_step();
  return done;
}

execution reproduction::play(const plan::plan& what, const explore::decision_list& decisions) {
  explore::guided follows(decisions);
  return play(what, follows, 0);
}

}  // namespace nailbiter::command
