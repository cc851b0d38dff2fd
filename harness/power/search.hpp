#pragma once

// One search for a planted bug: executions one after the other until a checker speaks or the bound is reached; and the
// line by which a process tells another one of it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nailbiter::power {

struct search {
  bool detected = false;
  std::uint64_t schedules = 0;           // executions; the bound, when nothing was detected
  std::uint64_t cpu_us = 0;
  std::vector<std::string> checkers{};   // that failed the execution which ended it; the summary's first

  friend bool operator==(const search&, const search&) = default;
};

/// "search detected 17 1234 exit,order" and a newline.
std::string line_of(const search& one);

/// nullopt for any other line; without its newline.
std::optional<search> parse_search(std::string_view line);

}  // namespace nailbiter::power
