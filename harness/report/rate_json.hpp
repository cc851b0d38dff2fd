#pragma once

// rate.json in a failure's folder: how often it failed, and where that was seen.

#include <optional>
#include <string>

#include "harness/report/rate.hpp"

namespace nailbiter::report {

struct seen_rate {
  rate seen;
  std::string where;  // "naild, live", "the simulator, by portfolio": for people

  friend bool operator==(const seen_rate&, const seen_rate&) = default;
};

std::string rate_json(const seen_rate& what);

/// nullopt for anything that rate_json() does not write, more failures than runs included.
std::optional<seen_rate> parse_rate(const std::string& text);

}  // namespace nailbiter::report
