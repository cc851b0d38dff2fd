#pragma once

// A known-failures file against verdicts.

#include <string>
#include <vector>

#include "harness/check/verdict.hpp"
#include "harness/report/campaign.hpp"
#include "harness/scenario/known_failures.hpp"

namespace nailbiter::command {

/// An entry with a rate that may be below 1 makes a pass ordinary: such a case does not fail every time.
report::standing standing_of(const std::vector<scenario::known_failure>& known, const std::string& case_id,
                             const check::verdict& summary);

/// After repetitions: an entry with a rate is held to it. Where the rate that was observed and its interval (95 %) are
/// below the entry's, the passes become unexpected ones; where they are above, the failures are no longer known.
void hold_to_rates(const std::vector<scenario::known_failure>& known, report::campaign& all);

}  // namespace nailbiter::command
