#pragma once

// JUnit XML: one testsuite for the target; unknown = error, not exercised = skipped, known failures = skipped.

#include <string>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

std::string junit_xml(const campaign& all);

}  // namespace nailbiter::report
