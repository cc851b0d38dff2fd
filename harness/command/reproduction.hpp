#pragma once

// Does it fail again, and in the same way? Plays plans in the simulator and compares with one failure: the oracle of
// the shrinker, and what verify-fix counts with.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "harness/explore/conflicts.hpp"
#include "harness/explore/shrink.hpp"
#include "harness/report/json_report.hpp"
#include "harness/target/sim_target.hpp"

namespace nailbiter::command {

/// An execution with all that is known of it.
struct execution {
  target::case_result result;
  explore::schedule record;
  std::vector<explore::resource_use> uses;
};

class reproduction {
 public:
  /// `interrupted` is asked before each execution; from then on nothing fails the same way.
  reproduction(report::stored_verdict wanted, std::function<bool()> interrupted);

  /// Decides whether candidates must pass in FIFO order, as this plan does or does not: a plan that fails there by being
  /// nonsense (a wait that nobody ends) is no smaller form of a failure that needs a schedule.
  void judge_by(const plan::plan& original);

  /// The shrinker's oracle: first the wanted decisions, then up to `seeds` schedules of the portfolio.
  std::optional<explore::decision_list> search(const plan::plan& what, const explore::decision_list& wanted, std::uint64_t seeds);

  /// The decisions alone.
  std::optional<explore::decision_list> follow(const plan::plan& what, const explore::decision_list& wanted);

  execution play(const plan::plan& what, explore::strategy& decides, std::uint64_t seed);
  execution play(const plan::plan& what, const explore::decision_list& decisions);

  bool is_the_same(const target::case_result& result) const;
  std::uint64_t executions() const noexcept { return executions_; }

 private:
  std::optional<explore::decision_list> attempt(const plan::plan& what, explore::strategy& decides, std::uint64_t seed);
  bool passes_in_order(const plan::plan& what);

  report::stored_verdict wanted_;
  std::function<bool()> interrupted_;
  target::simulated_target target_;
  std::unique_ptr<explore::strategy> portfolio_;
  bool must_pass_in_order_ = false;
  std::uint64_t executions_ = 0;
};

}  // namespace nailbiter::command
