#pragma once

// What each checker is worth: the mutants that it fails, and those that nothing else fails.

#include <string>
#include <vector>

#include "harness/power/figures.hpp"

namespace nailbiter::power {

struct checker_kills {
  std::string checker{};
  std::size_t kills = 0;
  std::vector<std::string> alone{};  // ids of mutants that only it failed: fragile, and its reason to be
};

/// Of every checker of the harness, those that kill nothing included, by kills.
std::vector<checker_kills> kills_by_checker(const results& seen);

}  // namespace nailbiter::power
