#pragma once

// A survey for people (a table, and a profile to begin from) and for machines (JSON).

#include <string>
#include <vector>

#include "harness/probe/survey.hpp"

namespace nailbiter::probe {

/// A puppet's ops are counted, and listed only where they are not as claimed.
std::string table_of(const survey& found);

/// What is not observed but said: how the daemon is started and reached.
struct profile_head {
  std::string name;
  std::vector<std::string> command{};  // empty: it runs already
  std::string unix_address{};
  std::string tcp_address{};
  std::string ready{};                 // empty: connectable
};

/// A profile (profile.hpp) that claims what was observed; it can be read by parse_profile().
std::string profile_text(const profile_head& head, const claims& said, const survey& found);

std::string survey_json(const std::string& target, const survey& found);

}  // namespace nailbiter::probe
