#pragma once

// Markdown: the conformance table for a README or a merge request.

#include <string>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

std::string markdown(const campaign& all);

}  // namespace nailbiter::report
