#pragma once

// Counts by family, as the console and Markdown print them.

#include <map>
#include <string>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

/// Families in alphabetical order.
std::map<std::string, counts> by_family(const campaign& all);

/// Is it to be explained to the reader: a failure that no file names, an unknown, an unexpected pass?
bool needs_explaining(const case_record& one) noexcept;

}  // namespace nailbiter::report
