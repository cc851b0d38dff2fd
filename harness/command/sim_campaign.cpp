#include "harness/command/sim_campaign.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/core.h>

#include "harness/actor/command_line.hpp"
#include "harness/command/build_identity.hpp"
#include "harness/command/sim_token.hpp"
#include "harness/explore/decisions.hpp"
#include "harness/explore/depth_first.hpp"
#include "harness/explore/schedule.hpp"
#include "harness/target/daemon_limits.hpp"
#include "harness/target/sim_target.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t repeated_one_in = 16;
constexpr std::uint64_t fnv_offset = 14695981039346656037u;
constexpr std::uint64_t fnv_prime = 1099511628211u;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) noexcept {
  for (int byte = 0; byte < 8; ++byte) hash = (hash ^ (value >> (8 * byte) & 0xff)) * fnv_prime;
  return hash;
}

bool is_finding(check::outcome result) noexcept { return result == check::outcome::fail || result == check::outcome::unknown; }

class explorer {
 public:
  explorer(const sim_settings& how, const on_failure& failed) : how_(how), failed_(failed), strategy_(explore::make_strategy(how.strategy)) {
    result_.trace_hash = fnv_offset;
  }

  /// False: the campaign ends.
  bool explore(const plan::plan& what, std::uint64_t schedules, sim_case& one) {
    one.record.id = what.case_id;
    if (is_dfs() && what.clients.size() > dfs_sessions_max) {
      one.record.summary = {.result = check::outcome::not_exercised, .checker = "target", .detail = "dfs takes at most 3 sessions"};
      return true;
    }
    explore::depth_first every(how_.departures);
    explore::strategy& decides = is_dfs() ? every : *strategy_;
    for (std::uint64_t i = 0; i < schedules; ++i) {
      result_.interrupted = how_.interrupted && how_.interrupted();
      if (result_.interrupted) return false;
      if (!execute(what, decides, how_.seed + i, one)) return false;
      if (one.record.summary.result != check::outcome::pass) break;
      if (is_dfs() && every.exhausted()) {
        one.exhausted = true;
        break;
      }
    }
    one.cut = every.cut();
    return true;
  }

  sim_result& result() noexcept { return result_; }

 private:
  bool is_dfs() const { return how_.strategy == "dfs"; }

  bool execute(const plan::plan& what, explore::strategy& decides, std::uint64_t seed, sim_case& one) {
    explore::decision_recorder recorder(decides);
    explore::strategy& decided = is_dfs() ? recorder : decides;
    explore::step_log log(decided);
    auto ran = target_.run(what, how_.covers ? log : decided, seed);
    const auto& trace = target_.world().trace();
    const auto hash = target_.world().hash();
    one.record = report::record_of(ran);
    one.record.id = what.case_id;
    if (ran.summary.result == check::outcome::not_exercised && ran.observed.events.empty()) return true;
    if (how_.covers) result_.covered.add(log.entries(), trace.strands);
    ++one.executions;
    one.steps += trace.steps.size();
    one.strands_max = std::max(one.strands_max, trace.strands.size());
    one.decisions_max = std::max<std::size_t>(one.decisions_max, std::ranges::count_if(trace.steps, [](const auto& step) { return step.ready > 1; }));
    result_.steps += trace.steps.size();
    result_.trace_hash = mixed(result_.trace_hash, hash);
    if (is_finding(ran.summary.result)) note_finding(ran, seed, one);
    if (result_.executions++ % repeated_one_in == 0 && !is_repeatable(what, seed, recorder.taken(), ran, hash)) return false;
    target_.recycle(std::move(ran));
    return true;
  }

  void note_finding(const target::case_result& ran, std::uint64_t seed, sim_case& one) {
    one.failing_seed = seed;
    const auto schedule = explore::make_schedule(target_.world().trace(), seed, how_.strategy, source_hash(), build_hash());
    if (failed_) failed_(ran, one, explore::to_binary(schedule));
  }

  /// By its seed again; what dfs did, by its decisions.
  bool is_repeatable(const plan::plan& what, std::uint64_t seed, const explore::decision_list& taken, const target::case_result& first,
                     std::uint64_t hash) {
    explore::guided follows(taken);
    auto second = target_.run(what, is_dfs() ? follows : *strategy_, seed);
    ++result_.repeated;
    const bool same = target_.world().hash() == hash && second.observed.events == first.observed.events && second.summary == first.summary;
    if (!same) {
      const sim_token token{.seed = seed, .strategy = how_.strategy, .case_id = what.case_id};
      result_.fault = fmt::format("the simulator is not deterministic: {} gave two different executions", to_string(token));
    }
    return same;
  }

  const sim_settings& how_;
  const on_failure& failed_;
  std::unique_ptr<explore::strategy> strategy_;
  target::simulated_target target_;
  sim_result result_;
};

}  // namespace

std::string cannot_simulate(const plan::plan& what) {
  if (actor::needs_process(what)) return "a client of the simulator has no process of its own";
  const auto bounds = target::limits_of(what.daemon_args);
  return bounds ? std::string() : bounds.error();
}

sim_result run_sim_campaign(const std::vector<plan::plan>& plans, const sim_settings& how, const on_failure& failed,
                            const on_case& done) {
  const auto begun = std::chrono::steady_clock::now();
  explorer all(how, failed);
  const auto count = std::max<std::uint64_t>(plans.size(), 1);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto share = how.schedules / count + (i < how.schedules % count ? 1 : 0);
    sim_case one;
    const bool goes_on = all.explore(plans[i], std::max<std::uint64_t>(share, 1), one);
    if (one.executions != 0 || goes_on) {
      if (done) done(one);
      all.result().cases.push_back(std::move(one));
    }
    if (!goes_on) break;
  }
  auto result = std::move(all.result());
  result.duration_ns = static_cast<std::uint64_t>((std::chrono::steady_clock::now() - begun) / std::chrono::nanoseconds(1));
  return result;
}

}  // namespace nailbiter::command
