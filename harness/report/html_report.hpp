#pragma once

// Campaigns as one self-contained HTML page: a matrix cases x targets with a filter, failures first, and a section for
// each failure and all that are like it. `?verdict=fail,unknown&text=WORDS&unchanged=yes` in its address sets the filter.

#include <functional>
#include <string>
#include <vector>

#include "harness/report/html_case.hpp"

namespace nailbiter::report {

/// What is kept of a failing case of the campaign with this index.
using evidence_source = std::function<case_evidence(std::size_t column, const case_record& one)>;

/// One column a campaign. Asks for evidence for the first hundred sections only; the others go without.
std::string html_report(const std::vector<campaign>& all, const evidence_source& kept);

}  // namespace nailbiter::report
