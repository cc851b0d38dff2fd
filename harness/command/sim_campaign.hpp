#pragma once

// Many schedules for many cases, in the simulator. The same cases, settings and sources give the same hash.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/explore/conflicts.hpp"
#include "harness/plan/plan.hpp"
#include "harness/report/campaign.hpp"
#include "harness/target/case_result.hpp"

namespace nailbiter::command {

/// Depth-first search tries no more sessions: its schedules would not end.
constexpr std::size_t dfs_sessions_max = 3;

struct sim_settings {
  std::uint64_t schedules = 1000;      // in all
  std::string strategy = "portfolio";
  std::uint64_t seed = 1;              // schedule i of a case has seed + i; dfs has no seeds
  std::uint32_t departures = 2;         // dfs: at most so many from the calm schedule
  bool covers = false;                 // keep account of conflicting pairs: about a third slower
  std::function<bool()> interrupted{}; // asked before each execution
};

struct sim_case {
  report::case_record record;          // of its failure, else of its last execution
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;             // of all executions
  std::uint64_t failing_seed = 0;      // of the execution that ended it
  std::size_t strands_max = 0;         // of one execution
  std::size_t decisions_max = 0;       // of one execution: steps that were one of several
  bool exhausted = false;              // dfs: these were all schedules with so many departures
  bool cut = false;                    // dfs: that bound has left others out
};

/// A failing or unknown execution, with its schedule in binary form.
using on_failure = std::function<void(const target::case_result& result, sim_case& of, const std::string& schedule)>;
using on_case = std::function<void(const sim_case& done)>;

struct sim_result {
  std::vector<sim_case> cases{};
  std::uint64_t executions = 0;        // repeated ones not counted
  std::uint64_t repeated = 0;
  std::uint64_t steps = 0;
  std::uint64_t trace_hash = 0;        // over all executions, in order
  std::uint64_t duration_ns = 0;
  bool interrupted = false;
  std::string fault{};                 // not empty: the simulator is not deterministic; it stopped there
  explore::conflict_coverage covered{};// empty unless asked for
};

/// Empty if the simulator can play the plan, else why not.
std::string cannot_simulate(const plan::plan& what);

/// `schedules` is shared evenly, at least one a case; a case ends at its first failure. One execution in sixteen is run
/// twice and compared.
sim_result run_sim_campaign(const std::vector<plan::plan>& plans, const sim_settings& how, const on_failure& failed,
                            const on_case& done);

}  // namespace nailbiter::command
