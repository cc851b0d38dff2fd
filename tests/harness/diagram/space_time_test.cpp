#include "harness/diagram/space_time.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/diagram/layout.hpp"
#include "tests/harness/diagram/sample_history_support.hpp"

namespace nailbiter::diagram {
namespace {

std::size_t item_of(const space_time& drawn, std::size_t event) {
  const auto found = std::ranges::find(drawn.items, event, &item::event);
  return static_cast<std::size_t>(found - drawn.items.begin());
}

/// A flood of like chunks with one event of another kind in its middle.
history::history flood(std::size_t chunks) {
  history::history observed;
  observed.what.clients.resize(2);
  for (std::size_t i = 0; i < chunks; ++i) {
    observed.events.push_back({history::event_kind::received_chunk, static_cast<std::uint32_t>(i % 2), i, '1', 4, "text"});
  }
  observed.events[chunks / 2].kind = history::event_kind::half_closed;
  return observed;
}

TEST(Space_time, draws_everything_but_the_clients_own_ops) {
  const auto drawn = space_time_of(sample_history(), {});
  EXPECT_EQ(drawn.items.size(), sample_history().events.size() - 1);
  EXPECT_EQ(item_of(drawn, 1), drawn.items.size());
}

TEST(Space_time, marks_the_witness_and_skips_what_is_not_there) {
  const auto drawn = space_time_of(sample_history(), {12, 17, 99});
  EXPECT_EQ(std::ranges::count(drawn.items, true, &item::witness), 2);
  EXPECT_TRUE(drawn.items[item_of(drawn, 12)].witness);
}

TEST(Space_time, links_a_cause_to_what_it_made_come) {
  const auto drawn = space_time_of(sample_history(), {});
  const auto has = [&](std::size_t from, std::size_t to) {
    return std::ranges::count(drawn.links, link{item_of(drawn, from), item_of(drawn, to)}) == 1;
  };
  EXPECT_TRUE(has(2, 5)) << "header, hello";
  EXPECT_TRUE(has(8, 9) && has(8, 10)) << "the last to arrive, both releases";
  EXPECT_TRUE(has(12, 13)) << "half-close, cancelled";
  EXPECT_TRUE(has(14, 15)) << "exit, X";
  EXPECT_EQ(drawn.links.size(), 6u);
}

TEST(Space_time, draws_like_events_of_a_long_history_as_one) {
  const auto drawn = space_time_of(flood(1000), {});
  EXPECT_EQ(drawn.items.size(), 4u);
  std::size_t events = 0;
  for (const item& one : drawn.items) events += one.count;
  EXPECT_EQ(events, 1000u);
}

TEST(Space_time, merges_nothing_over_a_witness) {
  const auto drawn = space_time_of(flood(1000), {200});
  EXPECT_EQ(std::ranges::count(drawn.items, true, &item::witness), 1);
  EXPECT_EQ(drawn.items[item_of(drawn, 200)].count, 1u);
  EXPECT_EQ(drawn.items.size(), 7u);
}

TEST(Space_time, keeps_the_witness_when_it_leaves_events_out) {
  const auto drawn = space_time_of(flood(5000), {2000, 4000}, {.merge_above = 10'000, .items_max = 100});
  EXPECT_LE(drawn.items.size(), 100u);
  EXPECT_EQ(drawn.items.size() + drawn.events_left_out, 5000u);
  EXPECT_EQ(std::ranges::count(drawn.items, true, &item::witness), 2);
}

TEST(Layout, goes_down_with_the_order_of_observation) {
  const auto drawn = space_time_of(sample_history(), {});
  const auto made = lay_out(drawn);
  ASSERT_EQ(made.y.size(), drawn.items.size());
  EXPECT_TRUE(std::ranges::is_sorted(made.y));
  EXPECT_EQ(std::ranges::adjacent_find(made.y), made.y.end()) << "two items at one height hide their order";
  EXPECT_GT(made.height, made.y.back());
}

TEST(Layout, keeps_labels_of_a_session_apart) {
  const auto drawn = space_time_of(flood(200), {});
  const auto made = lay_out(drawn);
  for (std::size_t i = 2; i < made.y.size(); ++i) EXPECT_GE(made.y[i] - made.y[i - 2], made.font_px);
}

TEST(Layout, stands_an_empty_history) { EXPECT_GT(lay_out(space_time{}).height, 0); }

}  // namespace
}  // namespace nailbiter::diagram
