#pragma once

// The top of the HTML report: what was run, when, against what, and what came of it in a line; and the counts by family.

#include <string>
#include <vector>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

std::string html_head(const std::vector<campaign>& all);

/// Closed until it is asked for.
std::string html_families(const std::vector<campaign>& all);

}  // namespace nailbiter::report
