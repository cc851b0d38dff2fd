#include "harness/power/checker_kills.hpp"

#include <algorithm>

#include "harness/check/verdict.hpp"

namespace nailbiter::power {

std::vector<checker_kills> kills_by_checker(const results& seen) {
  std::vector<checker_kills> all;
  for (const auto& each : check::all_checkers()) all.push_back({.checker = each.name});
  for (const auto& one : seen.mutants) {
    const auto failed = one.checkers();
    for (auto& each : all) {
      if (!failed.contains(each.checker)) continue;
      ++each.kills;
      if (failed.size() == 1) each.alone.push_back(one.what.name);
    }
  }
  std::ranges::stable_sort(all, std::ranges::greater{}, &checker_kills::kills);
  return all;
}

}  // namespace nailbiter::power
