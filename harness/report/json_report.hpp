#pragma once

// report.json: the campaign for machines. Its keys are a contract: later versions add, never rename.

#include <string>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

/// UTF-8; bytes of a daemon are escaped before they get here, invalid ones are replaced.
std::string report_json(const campaign& all);

/// One verdict as JSON: what a failure folder keeps.
std::string verdict_json(const case_record& one);

}  // namespace nailbiter::report
