#pragma once

// Plays a protocol under many schedules, each of which must be right.

#include <cstdint>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "harness/explore/strategies.hpp"
#include "tests/threads/protocols_support.hpp"

namespace threads {

/// NAILBITER_THREAD_SCHEDULES, or what a fast lane can afford.
inline std::uint64_t green_schedules() {
  const char* asked = std::getenv("NAILBITER_THREAD_SCHEDULES");
  return asked == nullptr ? 10'000 : std::strtoull(asked, nullptr, 10);
}

inline void expect_green(const char* name, protocol play) {
  fiber_world world;
  const auto decides = nailbiter::explore::make_strategy("portfolio", {.decisions_estimate = 60});
  for (std::uint64_t seed = 1; seed <= green_schedules(); ++seed) {
    const std::string wrong = play(world, *decides, seed);
    ASSERT_EQ(wrong, "") << name << ", seed " << seed;
  }
}

}  // namespace threads
