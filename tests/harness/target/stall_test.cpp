#include "harness/target/stall.hpp"

#include <gtest/gtest.h>

namespace nailbiter::target {
namespace {

constexpr process_activity idle{.cpu_ms = 100, .runnable = false};

TEST(Stall, is_two_windows_in_which_nothing_moved) {
  stall still(500, 0);
  EXPECT_FALSE(still.window_ended(7, idle));
  EXPECT_FALSE(still.window_ended(7, idle));
  EXPECT_TRUE(still.window_ended(7, idle));
}

TEST(Stall, begins_again_with_any_progress) {
  stall still(500, 0);
  still.window_ended(7, idle);
  still.window_ended(7, idle);
  EXPECT_FALSE(still.window_ended(8, idle));
  EXPECT_FALSE(still.window_ended(8, idle));
  EXPECT_TRUE(still.window_ended(8, idle));
}

TEST(Stall, is_not_told_of_a_daemon_that_wants_the_processor) {
  stall still(500, 0);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(still.window_ended(7, process_activity{.cpu_ms = 100, .runnable = true}));
}

TEST(Stall, is_not_told_of_a_daemon_that_works_and_is_told_of_one_whose_timers_tick) {
  stall busy(500, 0);
  for (std::uint64_t i = 0; i < 5; ++i) EXPECT_FALSE(busy.window_ended(7, process_activity{.cpu_ms = 200 * i, .runnable = false}));
  stall ticking(500, 0);
  ticking.window_ended(7, process_activity{.cpu_ms = 0, .runnable = false});
  ticking.window_ended(7, process_activity{.cpu_ms = 10, .runnable = false});
  EXPECT_TRUE(ticking.window_ended(7, process_activity{.cpu_ms = 20, .runnable = false}));
}

TEST(Stall, waits_as_long_as_a_requirement_allows) {
  stall patient(500, 2'000);
  patient.window_ended(7, idle);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(patient.window_ended(7, idle));
  EXPECT_TRUE(patient.window_ended(7, idle));
}

TEST(Stall, of_a_daemon_that_cannot_be_looked_at_is_judged_by_progress_alone) {
  stall still(500, 0);
  still.window_ended(7, std::nullopt);
  still.window_ended(7, std::nullopt);
  EXPECT_TRUE(still.window_ended(7, std::nullopt));
}

}  // namespace
}  // namespace nailbiter::target
