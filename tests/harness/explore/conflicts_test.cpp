#include "harness/explore/conflicts.hpp"

#include <gtest/gtest.h>

namespace nailbiter::explore {
namespace {

using naild::task::step_kind;

resource_use use_of(std::uint32_t session, const char* strand, naild::task::resource_id resource = 1) {
  return {.session = session, .strand = strand, .kind = step_kind::post, .resource = resource};
}

using places = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(Conflicts, every_pair_that_changed_places_is_named) {
  const auto a = use_of(1, "session"), b = use_of(2, "session"), c = use_of(3, "session");
  EXPECT_EQ(reversed_pairs({a, c, b}, {a, b, c}, pairing::resource), (places{{1, 2}}));
  EXPECT_EQ(reversed_pairs({c, b, a}, {a, b, c}, pairing::resource), (places{{0, 1}, {1, 2}, {0, 2}}));
  EXPECT_TRUE(reversed_pairs({a, b, c}, {a, b, c}, pairing::resource).empty());
}

TEST(Conflicts, steps_of_one_strand_or_of_two_resources_do_not_conflict) {
  const auto a = use_of(1, "session"), elsewhere = use_of(2, "session", 2);
  EXPECT_TRUE(reversed_pairs({elsewhere, a}, {a, elsewhere}, pairing::resource).empty());
}

TEST(Conflicts, parts_of_one_session_pair_where_resources_are_too_fine) {
  const auto queue = use_of(1, "relay", naild::task::resource_of(1, naild::task::session_part::output_queue));
  const auto state = use_of(1, "session", naild::task::resource_of(1, naild::task::session_part::state));
  EXPECT_TRUE(reversed_pairs({queue, state}, {state, queue}, pairing::resource).empty());
  EXPECT_FALSE(reversed_pairs({queue, state}, {state, queue}, pairing::session).empty());
}

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
