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

}  // namespace nailbiter::command
