#pragma once

// A known-failures file against verdicts.

#include <vector>

#include "harness/report/campaign.hpp"
#include "harness/scenario/known_failures.hpp"

namespace nailbiter::command {

/// Fills in against_known, and of a known failure the evidence. An entry with a rate that may be below 1 makes a pass
/// ordinary: such a case does not fail every time.
void note_standing_of(report::case_record& one, const std::vector<scenario::known_failure>& known);

/// After repetitions: an entry with a rate is held to it. Where the rate that was observed and its interval (95 %) are
/// below the entry's, the passes become unexpected ones; where they are above, the failures are no longer known.
void hold_to_rates(const std::vector<scenario::known_failure>& known, report::campaign& all);

}  // namespace nailbiter::command
