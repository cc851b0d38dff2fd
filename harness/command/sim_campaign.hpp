#pragma once

// Many schedules for many cases, in the simulator. The same cases, settings and sources give the same hash.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/report/campaign.hpp"
#include "harness/target/case_result.hpp"

namespace nailbiter::command {

struct sim_settings {
  std::uint64_t schedules = 1000;      // in all
  std::string strategy = "portfolio";
  std::uint64_t seed = 1;              // schedule i of a case has seed + i
  std::function<bool()> interrupted{}; // asked before each execution
};

struct sim_case {
  report::case_record record;          // of its failure, else of its last execution
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;             // of all executions
  std::uint64_t failing_seed = 0;      // of the execution that ended it
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
};

/// Empty if the simulator can play the plan, else why not.
std::string cannot_simulate(const plan::plan& what);

/// `schedules` is shared evenly, at least one a case; a case ends at its first failure. One execution in sixteen is run
/// twice and compared.
sim_result run_sim_campaign(const std::vector<plan::plan>& plans, const sim_settings& how, const on_failure& failed,
                            const on_case& done);

}  // namespace nailbiter::command
