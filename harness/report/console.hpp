#pragma once

// The report for a person: a table of families, then each case that needs explaining (once for all repetitions that fail
// alike), why cases were not exercised, then how many MUSTs were
// exercised and one summary line, last.

#include <string>

#include "harness/report/campaign.hpp"
#include "harness/report/rate.hpp"
#include "harness/report/terminal.hpp"

namespace nailbiter::report {

/// Known failures and passed cases are counted, not listed. Every line ends with '\n'.
std::string console_report(const campaign& all, colour paint);

/// The summary alone, with no line feed: "naild: 240 cases: 240 pass ... in 3.1 s".
std::string summary_line(const campaign& all);

/// One failing case: what `sim` and `replay` print.
std::string explained(const case_record& one, colour paint);

/// As console_report() shows it: with how many runs of the case failed so.
std::string explained(const case_record& one, const rate& how_often, colour paint);

}  // namespace nailbiter::report
