#pragma once

// All checkers over many histories of one plan: what the plan says is worked out once.

#include <vector>

#include "harness/check/prepared_plan.hpp"
#include "harness/check/settled_plan.hpp"
#include "harness/check/verdict.hpp"

namespace nailbiter::check {

/// Owns a copy of the plan. Calls are const and independent of each other.
class plan_judge {
 public:
  explicit plan_judge(plan::plan what) : intended_(std::move(what)), has_open_endings_(has_open_endings(intended_.what)) {}

  /// The same as judge(observed); the history must be one of this plan.
  std::vector<verdict> operator()(const history::history& observed) const;

 private:
  prepared_plan intended_;
  bool has_open_endings_;
};

}  // namespace nailbiter::check
