#include "harness/command/reproduction.hpp"

#include <limits>
#include <utility>

namespace nailbiter::command {
namespace {

// A list of decisions ends by itself and is FIFO after that; a candidate of the shrinker that runs this long is none.
target::sim_options patient() {
  target::sim_options how;
  how.steps_max = 200'000;
  how.hostile_decisions_max = std::numeric_limits<std::uint64_t>::max();
  return how;
}

}  // namespace

reproduction::reproduction(report::stored_verdict wanted, std::function<bool()> interrupted)
    : wanted_(std::move(wanted)),
      interrupted_(std::move(interrupted)),
      target_(patient()),
      portfolio_(explore::make_strategy("portfolio")) {}

bool reproduction::is_the_same(const target::case_result& result) const {
  const auto& summary = result.summary;
  return wanted_.verdict == report::name_of(summary.result) && wanted_.checker == summary.checker &&
         wanted_.reason == check::describe(summary.why);
}

bool reproduction::passes_in_order(const plan::plan& what) {
  ++executions_;
  const auto fifo = explore::make_strategy("fifo");
  auto ran = target_.run(what, *fifo, 0);
  const bool passes = ran.summary.result == check::outcome::pass;
  target_.recycle(std::move(ran));
  return passes;
}

void reproduction::judge_by(const plan::plan& original) { must_pass_in_order_ = passes_in_order(original); }

std::optional<explore::decision_list> reproduction::attempt(const plan::plan& what, explore::strategy& decides, std::uint64_t seed) {
  if (interrupted_ && interrupted_()) return std::nullopt;
  ++executions_;
  auto ran = target_.run(what, decides, seed);
  const bool same = is_the_same(ran);
  target_.recycle(std::move(ran));
  if (!same) return std::nullopt;
  return explore::decisions_of(explore::make_schedule(target_.world().trace(), seed, "", ""));
}

std::optional<explore::decision_list> reproduction::follow(const plan::plan& what, const explore::decision_list& wanted) {
  explore::guided follows(wanted);
  return attempt(what, follows, 0);
}

std::optional<explore::decision_list> reproduction::search(const plan::plan& what, const explore::decision_list& wanted,
                                                           std::uint64_t seeds) {
  if (what.clients.empty()) return std::nullopt;
  if (must_pass_in_order_ && !passes_in_order(what)) return std::nullopt;
  if (auto found = follow(what, wanted)) return found;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    if (auto found = attempt(what, *portfolio_, seed)) return found;
  }
  return std::nullopt;
}

execution reproduction::play(const plan::plan& what, explore::strategy& decides, std::uint64_t seed) {
  ++executions_;
  explore::step_log log(decides);
  execution done;
  done.result = target_.run(what, log, seed);
  const auto& trace = target_.world().trace();
  done.record = explore::make_schedule(trace, seed, "guided", "");
  done.uses = log.uses(trace.strands);
  return done;
}

execution reproduction::play(const plan::plan& what, const explore::decision_list& decisions) {
  explore::guided follows(decisions);
  return play(what, follows, 0);
}

}  // namespace nailbiter::command
