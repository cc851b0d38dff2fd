#pragma once

// What many searches for one planted bug say together, and what is missing where they say nothing. Searches that found
// nothing stay in, with their bound.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/power/mutant.hpp"
#include "harness/power/search.hpp"

namespace nailbiter::power {

/// The strategy whose figures speak for a mutant of the simulator.
inline constexpr const char* usual_strategy = "portfolio";

/// Real daemons and threads, no schedule chosen: the same scenario again and again.
inline constexpr const char* naive_strategy = "loop";

struct figures {
  level where = level::sim;
  std::string strategy{};
  std::uint64_t searches = 0;
  std::uint64_t detected = 0;            // of them
  std::uint64_t schedules_median = 0;
  std::uint64_t schedules_p95 = 0;
  bool median_is_bound = false;          // at least half found nothing: it says no more than "more than that"
  bool p95_is_bound = false;
  double cpu_s_median = 0;
  double cpu_s = 0;                      // of all searches
  std::set<std::string> checkers{};      // that failed in any search
  std::set<std::string> first{};         // that the summary named
};

figures figures_of(level where, std::string strategy, const std::vector<search>& all);

/// "17", or ">1000" for a bound.
std::string shown(std::uint64_t value, bool is_bound);

/// What has to be built before a mutant is caught.
enum class gap : std::uint8_t { none, scenario, strategy, oracle };

/// "missing scenario", "weak strategy", "missing oracle"; empty for none.
const char* describe(gap what) noexcept;

struct mutant_result {
  mutant what{};
  bool reached = false;    // its branch was taken
  bool triggered = false;  // and a state was wrong
  std::vector<figures> rows{};

  /// Those that speak for it: of its home, by the usual strategy, else the first; null without any.
  const figures* speaking() const noexcept;
  bool detected() const noexcept;
  gap missing() const noexcept;
  /// The checkers that failed at its home; one alone makes it fragile.
  std::set<std::string> checkers() const;
};

struct control_result {
  std::string id{};
  bool flagged = false;
  std::string said{};      // the last of what the program printed, when flagged
};

struct results {
  std::vector<mutant_result> mutants{};
  std::vector<control_result> controls{};
};

}  // namespace nailbiter::power
