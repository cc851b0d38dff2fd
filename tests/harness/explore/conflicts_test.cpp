#include "harness/explore/conflicts.hpp"

#include <gtest/gtest.h>

namespace nailbiter::explore {
namespace {

using naild::task::step_kind;

TEST(Conflicts, coverage_counts_a_pair_that_ran_in_both_orders) {
  const std::vector<strand_tag> strands{{0, "clock"}, {1, "session"}, {1, "relay"}};
  const step_log::entry one{.strand = 1, .kind = step_kind::write, .resource = 1}, two{.strand = 2, .kind = step_kind::post, .resource = 1};
  conflict_coverage all;
  all.add({one, two}, strands);
  EXPECT_EQ(all.count().both_orders, 0u);
  EXPECT_EQ(all.one_order_only(), std::vector<std::string>{"session_table: session write > relay post"});
  all.add({two, one}, strands);
  EXPECT_EQ(all.count().pairs, 1u);
  EXPECT_EQ(all.count().both_orders, 1u);
}

}  // namespace
}  // namespace nailbiter::explore
