#include "harness/power/kills.hpp"

#include <gtest/gtest.h>

namespace nailbiter::power {
namespace {

mutant_result result_of(const std::string& id, bool detected, std::set<std::string> checkers = {"exit"}) {
  mutant_result one{.what = {.id = id}};
  one.rows.push_back({.strategy = usual_strategy, .searches = 1, .detected = detected ? 1u : 0u, .checkers = detected ? std::move(checkers) : std::set<std::string>{}});
  return one;
}

TEST(Kills, are_read_back_with_new_ones_added) {
  const auto expected = parse_kills("# a comment\nC9 cancellation exit\n\n");
  ASSERT_TRUE(expected);
  results seen;
  seen.mutants = {result_of("C9", true, {"order"}), result_of("S2", true, {"isolation"}), result_of("R7", false)};
  const auto again = parse_kills(kills_text(*expected, seen));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, (kills{{"C9", {"cancellation", "exit"}}, {"S2", {"isolation"}}}));
}

TEST(Kills, are_lost_when_an_expected_one_is_not_caught) {
  results seen;
  seen.mutants = {result_of("C9", false), result_of("S2", true)};
  const auto changes = compare({{"C9", {"exit"}}, {"not-looked-for", {"exit"}}}, seen);
  ASSERT_EQ(changes.lost.size(), 1u);
  EXPECT_EQ(changes.lost.front(), "C9 is not caught any more; it was, by exit");
  ASSERT_EQ(changes.gained.size(), 1u);
  EXPECT_TRUE(changes.gained.front().starts_with("S2 "));
}

TEST(Kills, of_a_bad_file_are_refused_with_the_line) {
  EXPECT_EQ(parse_kills("C9 exit\nS2\n").error(), "line 2: S2 has no checker");
  EXPECT_EQ(parse_kills("C9 exit\nC9 order\n").error(), "line 2: C9 is there twice");
}

}  // namespace
}  // namespace nailbiter::power
