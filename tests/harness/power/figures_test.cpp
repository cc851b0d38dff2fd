#include "harness/power/figures.hpp"

#include <gtest/gtest.h>

namespace nailbiter::power {
namespace {

search found_after(std::uint64_t schedules, std::vector<std::string> checkers = {"exit"}) {
  return {.detected = true, .schedules = schedules, .cpu_us = schedules * 1000, .checkers = std::move(checkers)};
}

constexpr std::uint64_t bound = 1000;
const search unfinished{.detected = false, .schedules = bound, .cpu_us = 1'000'000};

mutant_result result_with(std::vector<search> searches, bool reached, bool triggered) {
  mutant_result one{.what = {.id = "X1"}, .reached = reached, .triggered = triggered};
  one.rows.push_back(figures_of(level::sim, usual_strategy, searches));
  return one;
}

TEST(Figures, are_medians_and_tails_of_all_searches) {
  const auto sum = figures_of(level::sim, "pos", {found_after(9), found_after(1, {"order", "exit"}), found_after(4)});
  EXPECT_EQ(sum.searches, 3u);
  EXPECT_EQ(sum.detected, 3u);
  EXPECT_EQ(sum.schedules_median, 4u);
  EXPECT_EQ(sum.schedules_p95, 9u);
  EXPECT_DOUBLE_EQ(sum.cpu_s_median, 0.004);
  EXPECT_EQ(sum.checkers, (std::set<std::string>{"exit", "order"}));
  EXPECT_EQ(sum.first, (std::set<std::string>{"exit", "order"}));
  EXPECT_FALSE(sum.median_is_bound);
}

TEST(Figures, keep_unfinished_searches_in_as_more_than_their_bound) {
  const auto one_of_three = figures_of(level::sim, "pct", {found_after(bound), unfinished, unfinished});
  EXPECT_EQ(shown(one_of_three.schedules_median, one_of_three.median_is_bound), ">1000");
  const auto two_of_three = figures_of(level::sim, "pct", {found_after(3), unfinished, found_after(bound)});
  EXPECT_EQ(shown(two_of_three.schedules_median, two_of_three.median_is_bound), "1000");
  EXPECT_EQ(shown(two_of_three.schedules_p95, two_of_three.p95_is_bound), ">1000");
}

TEST(Figures, of_nothing_are_nothing) { EXPECT_EQ(figures_of(level::live, naive_strategy, {}).searches, 0u); }

TEST(MutantResult, says_what_is_missing) {
  EXPECT_EQ(result_with({unfinished}, false, false).missing(), gap::scenario);
  EXPECT_EQ(result_with({unfinished}, true, false).missing(), gap::strategy);
  EXPECT_EQ(result_with({unfinished}, true, true).missing(), gap::oracle);
  EXPECT_EQ(result_with({unfinished, found_after(2)}, true, true).missing(), gap::none);
}

TEST(MutantResult, is_not_detected_by_the_loop_away_from_its_home) {
  auto one = result_with({unfinished}, true, true);
  one.rows.push_back(figures_of(level::live, naive_strategy, {found_after(1)}));
  EXPECT_FALSE(one.detected());
  EXPECT_TRUE(one.checkers().empty());
}

TEST(MutantResult, speaks_by_its_usual_strategy) {
  mutant_result one{.what = {.id = "X1"}};
  EXPECT_EQ(one.speaking(), nullptr);
  one.rows.push_back(figures_of(level::sim, "random", {found_after(5)}));
  EXPECT_EQ(one.speaking()->strategy, "random");
  one.rows.push_back(figures_of(level::sim, usual_strategy, {found_after(6)}));
  EXPECT_EQ(one.speaking()->strategy, usual_strategy);
}

}  // namespace
}  // namespace nailbiter::power
