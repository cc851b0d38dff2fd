#pragma once

// The suite's MUSTs against what a campaign has judged.

#include <vector>

#include "harness/report/campaign.hpp"
#include "harness/scenario/scenario.hpp"

namespace nailbiter::command {

/// Of the requirements that live scenarios of the level MUST name, whether the campaign ran a case of such a scenario to
/// a verdict. What was not exercised or is unknown says nothing. `suite`: all of it, whatever was selected.
report::coverage must_coverage(const std::vector<scenario::scenario>& suite, const report::campaign& all);

}  // namespace nailbiter::command
