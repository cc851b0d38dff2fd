#pragma once

// How many of the requirements that a suite holds a daemon to as a MUST a campaign has judged it by. Knows no scenarios.

#include <string>
#include <vector>

namespace nailbiter::report {

struct coverage {
  std::vector<std::string> exercised{};      // ids of requirements
  std::vector<std::string> not_exercised{};

  std::size_t all() const noexcept { return exercised.size() + not_exercised.size(); }
  /// Rounded down, so that 100 is all of them; 0 when there are none.
  std::size_t percent() const noexcept { return all() == 0 ? 0 : exercised.size() * 100 / all(); }
  friend bool operator==(const coverage&, const coverage&) = default;
};

/// "MUSTs exercised: 21 of 30 (70 %)"; empty when there are none.
std::string coverage_line(const coverage& of);

}  // namespace nailbiter::report
