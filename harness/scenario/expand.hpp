#pragma once

// Scenario -> cases: every combination of its axes, each a fully decided plan. The id of a case carries its axes,
// sorted by name: `cancel/stdin-full[leave=close,transport=unix]`.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "harness/plan/plan.hpp"
#include "harness/scenario/document.hpp"
#include "harness/scenario/scenario.hpp"

namespace nailbiter::scenario {

struct scenario_case {
  plan::plan what;                                          // transport: its axis, else "unix"; seed 0
  const scenario* source = nullptr;                         // outlives the case
  std::vector<std::pair<std::string, std::string>> axes{};  // sorted by name
  std::vector<std::string> capabilities{};                  // sorted: declared, "puppet.OP" of each script, "options"
};

/// In the order of the axes' values, the last axis fastest. Faults carry the scenario's file and the client's line.
tl::expected<std::vector<scenario_case>, std::vector<load_error>> expand(const scenario& from);

}  // namespace nailbiter::scenario
