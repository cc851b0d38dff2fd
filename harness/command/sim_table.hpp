#pragma once

// What a campaign in the simulator says of itself: a line a family, a line a case, figures, and what may be concluded.

#include <string>

#include "harness/command/sim_campaign.hpp"

namespace nailbiter::command {

/// One line a family with its cases, schedules, steps and failures; a heading above, a sum below.
std::string family_table(const std::vector<sim_case>& cases);

/// One line. For dfs it says how much of the case's schedules that was.
std::string line_of(const sim_case& one, const sim_settings& how);

/// Executions and steps a second, and what was run twice.
std::string figures_of(const sim_result& done);

/// What may be said of a campaign without a failure, by its own counts and no more; empty when nothing may.
std::string conclusion_of(const sim_result& done, const sim_settings& how);

/// Pairs of conflicting kinds of steps that were seen, and those seen in one order only. By labels.
std::string coverage_of(const explore::conflict_coverage& covered);

}  // namespace nailbiter::command
