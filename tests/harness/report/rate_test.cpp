#include "harness/report/rate.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::report {
namespace {

// Reference values: Newcombe 1998, table I, method 3.
TEST(Rate, has_wilsons_interval) {
  EXPECT_NEAR(wilson({81, 263}).low, 0.2553, 5e-5);
  EXPECT_NEAR(wilson({81, 263}).high, 0.3662, 5e-5);
  EXPECT_NEAR(wilson({15, 148}).low, 0.0624, 5e-5);
  EXPECT_NEAR(wilson({15, 148}).high, 0.1605, 5e-5);
  EXPECT_EQ(wilson({0, 20}).low, 0);
  EXPECT_NEAR(wilson({0, 20}).high, 0.1611, 5e-5);
  EXPECT_NEAR(wilson({1, 29}).low, 0.0061, 5e-5);
  EXPECT_NEAR(wilson({1, 29}).high, 0.1718, 5e-5);
}

TEST(Rate, is_anything_without_runs) {
  EXPECT_EQ(wilson({}).low, 0);
  EXPECT_EQ(wilson({}).high, 1);
  EXPECT_EQ(failing_at_most(0), 1);
  EXPECT_EQ(to_string(rate{}), "0 of 0");
  EXPECT_EQ(said_of_clean(0), "");
}

RC_GTEST_PROP(Rate, the_interval_holds_the_share_and_its_mirror, ()) {
  const auto runs = *rc::gen::inRange<std::uint64_t>(1, 5000);
  const auto failures = *rc::gen::inRange<std::uint64_t>(0, runs + 1);
  const auto [low, high] = wilson({failures, runs});
  const double share = static_cast<double>(failures) / static_cast<double>(runs);
  RC_ASSERT(0 <= low && low <= share && share <= high && high <= 1);
  const auto mirrored = wilson({runs - failures, runs});
  RC_ASSERT(std::abs(mirrored.low - (1 - high)) < 1e-9);
}

RC_GTEST_PROP(Rate, so_many_clean_runs_exclude_the_share_and_one_fewer_does_not, ()) {
  const double share = *rc::gen::inRange(1, 999) / 1000.0;
  const auto runs = *clean_runs_for(share);
  RC_ASSERT(std::pow(1 - share, static_cast<double>(runs)) <= 0.05 + 1e-12);
  RC_ASSERT(runs == 1 || std::pow(1 - share, static_cast<double>(runs - 1)) > 0.05 - 1e-12);
}

TEST(Rate, no_number_of_clean_runs_excludes_what_never_fails) {
  EXPECT_FALSE(clean_runs_for(0));
  EXPECT_EQ(clean_runs_for(1), 1u);
  EXPECT_EQ(clean_runs_for(0.01), 299u);
}

TEST(Rate, is_told_with_its_interval) {
  EXPECT_EQ(to_string(rate{37, 100}), "37 of 100 (37.0 %; 28.2 % to 46.8 % with 95 % confidence)");
  EXPECT_EQ(said_of_clean(1000), "fewer than 1 in 334 fail, with 95 % confidence");
  EXPECT_EQ(said_of_clean(1), "fewer than 1 in 1 fail, with 95 % confidence");
}

}  // namespace
}  // namespace nailbiter::report
