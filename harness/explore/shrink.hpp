#pragma once

// Makes a failure small: first the plan (fewer clients, ops, script ops, bytes), then the decisions of its schedule
// (fewer that differ from the calm order). Knows only an oracle that plays a candidate; what counts as the same failure is the
// oracle's business, and so is refusing plans that make no sense any more.

#include <cstdint>
#include <functional>
#include <optional>

#include "harness/explore/decisions.hpp"
#include "harness/plan/plan.hpp"

namespace nailbiter::explore {

/// Plays `what` under `wanted`; the decisions really taken (they may differ from those wanted) if it fails the same way,
/// else nullopt. Deterministic.
using shrink_oracle = std::function<std::optional<decision_list>(const plan::plan& what, const decision_list& wanted)>;

struct shrunk {
  plan::plan what;
  decision_list decisions;
  std::uint64_t attempts = 0;  // calls of the oracle
};

/// Smaller plans that still fail. Greedy, to a plan from which nothing more can be taken by itself, or `attempts_max`.
/// The case's id, its checkers and what clients expect stay. A run whose end its client brings about keeps that.
shrunk shrink_plan(plan::plan what, decision_list decisions, const shrink_oracle& fails, std::uint64_t attempts_max);

/// Fewer decisions other than 0, and smaller ones; in the end each of them is needed, unless `attempts_max` cut in.
shrunk shrink_decisions(plan::plan what, decision_list decisions, const shrink_oracle& fails, std::uint64_t attempts_max);

/// What a person has to follow.
struct failure_size {
  std::size_t sessions = 0;     // clients of the plan
  std::size_t events = 0;       // ops of clients and of their scripts
  std::size_t preemptions = 0;  // decisions to leave a strand that could go on, or for another than the oldest
  std::size_t data_choices = 0; // writes and reads cut other than the ordinary way

  friend bool operator==(const failure_size&, const failure_size&) = default;
};

failure_size size_of(const plan::plan& what, const decision_list& decisions);

/// "3 sessions, 7 events, 2 preemptions"; choices about data are named when there are any.
std::string to_string(const failure_size& size);

}  // namespace nailbiter::explore
