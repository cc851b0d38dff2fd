#pragma once

// The results of `nailbiter power` for a reader at a console, and as JSON for a program.

#include <string>

#include "harness/power/figures.hpp"

namespace nailbiter::power {

/// One line a mutant: reached, triggered, detected; median and p95 by strategy; CPU seconds of a search; its checkers.
std::string mutant_table(const results& seen);

/// One line a mutant and strategy: in how many searches it was found, median and p95 of schedules with searches that
/// found nothing in them, CPU seconds of all its searches.
std::string strategy_table(const results& seen);

/// What each checker kills, and what nobody but it kills.
std::string checker_table(const results& seen);

/// What is not caught and what is missing for it, with the catalogue's own reason; empty when all are caught.
std::string gaps_text(const results& seen);

/// "71 mutants: 70 caught, 1 not; 10 controls, 0 flagged".
std::string summary_line(const results& seen);

/// {mutants: [{id, level, reached, triggered, detected, schedules_median, schedules_p95, cpu_s_median, checkers, ...,
/// strategies: [...]}], controls: [{id, flagged}], checkers: [{name, kills, alone}]}
std::string power_json(const results& seen);

}  // namespace nailbiter::power
