#pragma once

// Does it fail again, and in the same way? Plays plans in the simulator and compares with one failure: the oracle of
// the shrinker. What it may spend is counted in steps, so that the same failure shrinks to the same one everywhere.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "harness/explore/conflicts.hpp"
#include "harness/explore/schedule.hpp"
#include "harness/explore/shrink.hpp"
#include "harness/report/json_report.hpp"
#include "harness/target/sim_target.hpp"

namespace nailbiter::command {

/// An execution with all that is known of it.
struct execution {
  target::case_result result;
  explore::schedule record;
  std::vector<explore::resource_use> uses;
  std::vector<std::uint32_t> steps_of_uses;  // the step of each use
  std::vector<std::uint32_t> events_after;   // by step: events of the history when it had run
  std::vector<std::uint32_t> origins;        // by step: as explore::step_origins has them
};

class reproduction {
 public:
  /// `interrupted` is asked before each execution; from then on nothing fails the same way. `how`: the daemon, as
  /// sim_options choose it; the limits in it are set here.
  reproduction(report::stored_verdict wanted, std::function<bool()> interrupted, target::sim_options how = {});

  /// Decides whether candidates must pass in FIFO order, as this plan does or does not: a plan that fails there by being
  /// nonsense (a wait that nobody ends) is no smaller form of a failure that needs a schedule.
  void judge_by(const plan::plan& original);

  /// Steps that the calls from here on may spend; when they are spent, nothing fails the same way. At first without end.
  void allow(std::uint64_t steps) noexcept { steps_left_ = steps; }
  bool spent() const noexcept { return steps_left_ == 0; }

  /// The failure that was recorded, step by step.
  std::optional<explore::decision_list> follow(const plan::plan& what, const explore::schedule& recorded);

  /// The shrinker's oracle: first the wanted decisions, then up to `seeds` schedules of the portfolio, fewer if they are
  /// long.
  std::optional<explore::decision_list> search(const plan::plan& what, const explore::decision_list& wanted, std::uint64_t seeds);

  /// The decisions alone.
  std::optional<explore::decision_list> follow(const plan::plan& what, const explore::decision_list& wanted);

  /// A failure among all schedules with at most `departures` from the calm one; tries `executions_max` of them.
  std::optional<explore::decision_list> search_calm(const plan::plan& what, std::uint32_t departures, std::uint64_t executions_max);

  execution play(const plan::plan& what, explore::strategy& decides, std::uint64_t seed);
  execution play(const plan::plan& what, const explore::decision_list& decisions);

  bool is_the_same(const target::case_result& result) const;
  std::uint64_t executions() const noexcept { return executions_; }

 private:
  std::optional<explore::decision_list> attempt(const plan::plan& what, explore::strategy& decides, std::uint64_t seed);
  target::case_result run(const plan::plan& what, explore::strategy& decides, std::uint64_t seed);
  bool passes_in_order(const plan::plan& what);
  bool may_go_on() const;

  report::stored_verdict wanted_;
  std::function<bool()> interrupted_;
  target::simulated_target target_;
  std::unique_ptr<explore::strategy> portfolio_;
  bool must_pass_in_order_ = false;
  std::uint64_t executions_ = 0;
  std::uint64_t steps_left_ = ~std::uint64_t{0};
  std::uint64_t steps_of_failure_;     // of the last execution that failed the same way
};

}  // namespace nailbiter::command
