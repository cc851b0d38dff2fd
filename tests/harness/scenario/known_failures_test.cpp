#include "harness/scenario/known_failures.hpp"

#include <gtest/gtest.h>

namespace nailbiter::scenario {
namespace {

constexpr std::string_view whole_file = R"(
[[known]]
case = "output/slow-reader*[transport=tcp]"
checker = "completeness"
reason = "output lost before exit"
evidence = "closed undrained"
rate = [0.9, 1.0]
[[known]]
case = "cancel/*"
checker = "cancellation"
reason = "not cancelled in time"
)";

TEST(KnownFailures, entries_are_found_by_case_and_by_what_failed) {
  const auto all = parse_known_failures(whole_file, "k.toml");
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ(all->front().rate, (failure_rate{.low = 0.9, .high = 1.0}));
  EXPECT_EQ(find_known(*all, "output/slow-reader[bytes=1,transport=tcp]"), &all->front());
  EXPECT_EQ(find_known(*all, "output/slow-reader[bytes=1,transport=unix]"), nullptr);
  EXPECT_EQ(find_known(*all, "cancel/hanging[leave=close]", "cancellation", "not cancelled in time"), &all->back());
  EXPECT_EQ(find_known(*all, "cancel/hanging[leave=close]", "cancellation", "no exit"), nullptr);
}

TEST(KnownFailures, an_entry_without_a_reason_is_refused) {
  const auto all = parse_known_failures("[[known]]\ncase = 'a/b'\nchecker = 'exit'\n", "k.toml");
  ASSERT_FALSE(all);
  EXPECT_EQ(to_string(all.error().front()), "k.toml:1: 'reason' is missing");
}

TEST(KnownFailures, a_rate_is_two_fractions_in_order) {
  EXPECT_FALSE(
      parse_known_failures("[[known]]\ncase = 'a'\nchecker = 'c'\nreason = 'r'\nrate = [1.0, 0.5]\n", "k.toml"));
  EXPECT_FALSE(parse_known_failures("[[known]]\ncase = 'a'\nchecker = 'c'\nreason = 'r'\nrate = 0.5\n", "k.toml"));
}

TEST(KnownFailures, an_empty_file_knows_none) { EXPECT_TRUE(parse_known_failures("", "k.toml")->empty()); }

}  // namespace
}  // namespace nailbiter::scenario
