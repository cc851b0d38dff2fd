#pragma once

// Runs cases one after the other and keeps count. Knows no target: it is given one as a function.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/command/evidence.hpp"
#include "harness/plan/plan.hpp"
#include "harness/report/campaign.hpp"

namespace nailbiter::command {

struct planned_case {
  plan::plan what;
  std::string excluded{};              // not empty: why the target cannot exercise it
  std::vector<std::string> upstream{}; // of its scenario
  std::string title{};                 // of its scenario
};

/// One run of one plan. The error is a fault of the harness or of the target's start, as a text.
using run_plan = std::function<tl::expected<target::case_result, std::string>(const plan::plan& what)>;

/// Fills in what a known-failures file says of it: against_known and evidence.
using note_standing = std::function<void(report::case_record& one)>;

struct loop_settings {
  std::string target_name;
  std::uint64_t seed = 1;
  std::uint32_t repeat = 1;
  std::function<std::string(const std::string& folder)> replay_line{};      // of a failure in this folder
  note_standing against_known{};                                            // empty: all ordinary
  std::function<bool()> interrupted{};                                      // asked before each case
  std::function<void(const report::case_record&)> on_case{};                // after each case
};

struct loop_result {
  report::campaign all;
  std::string fault{};                 // not empty: the harness failed, `all` holds what was done before
};

/// Repetition i of a plan has seed + i. A failure, known or not, leaves its folder; its record gets its replay line.
/// Ends with the first case for which the target has no daemon.
loop_result run_campaign(const std::vector<planned_case>& cases, const loop_settings& how, const run_plan& run, evidence& kept);

}  // namespace nailbiter::command
