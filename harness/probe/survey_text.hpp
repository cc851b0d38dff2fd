#pragma once

// A survey for people (a table, and a profile to begin from) and for machines (JSON).

#include <string>

#include "harness/probe/survey.hpp"
#include "harness/scenario/profile.hpp"

namespace nailbiter::probe {

/// A puppet's ops are counted, and listed only where they are not as claimed.
std::string table_of(const survey& found);

/// A profile that claims what was observed, and is `said` for the rest: how the daemon is started and reached, what its
/// puppet is called. It can be read by parse_profile(), and probed by it the daemon is as claimed.
std::string profile_text(const scenario::profile& said, const survey& found);

std::string survey_json(const std::string& target, const survey& found);

}  // namespace nailbiter::probe
