// One step of a recorded order waits for another; the others keep their order.

#include "harness/explore/held_step.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace nailbiter::explore {
namespace {

using order = std::vector<strand_id>;

schedule recorded(const order& strands) {
  schedule record;
  record.strands.resize(*std::ranges::max_element(strands) + std::size_t{1});
  for (const strand_id strand : strands) record.steps.push_back({.strand = strand, .kind = naild::task::step_kind::post});
  return record;
}

/// Strands that are all runnable until each has taken as many steps as it has in the record.
order played(const schedule& record, held_step& decides) {
  std::map<strand_id, std::size_t> left;
  for (const auto& step : record.steps) ++left[step.strand];
  decides.begin(0);
  order ran;
  while (!left.empty()) {
    std::vector<runnable> ready;
    for (const auto& [strand, count] : left) ready.push_back({.strand = strand});
    const std::size_t chosen = ready.size() == 1 ? 0 : decides.next(ready);
    const runnable done = ready[chosen];
    ran.push_back(done.strand);
    if (--left[done.strand] == 0) left.erase(done.strand);
    decides.executed(done, {}, ready);
  }
  return ran;
}

TEST(Held_step, waits_for_the_other_and_then_goes_first) {
  const auto record = recorded({1, 2, 1, 2, 3, 2, 3});
  held_step decides(record, 2, 4);
  EXPECT_EQ(played(record, decides), (order{1, 2, 2, 3, 1, 2, 3}));
  EXPECT_TRUE(decides.is_reversed());
}

TEST(Held_step, without_another_waits_for_all_that_can_run) {
  const auto record = recorded({1, 2, 1, 2, 3, 2, 3});
  held_step decides(record, 0);
  EXPECT_EQ(played(record, decides), (order{2, 2, 3, 2, 3, 1, 1}));
  EXPECT_FALSE(decides.is_reversed());
}

TEST(Held_step, that_alone_can_run_is_not_reversed) {
  const auto record = recorded({1, 2, 1, 1});
  held_step decides(record, 2, 3);  // of its own strand: never comes first
  EXPECT_EQ(played(record, decides), (order{1, 2, 1, 1}));
  EXPECT_FALSE(decides.is_reversed());
}

TEST(Held_step, is_not_reversed_by_a_step_of_another_kind) {
  auto record = recorded({1, 2, 2});
  record.steps[1].kind = naild::task::step_kind::read;
  held_step decides(record, 0, 1);
  EXPECT_EQ(played(record, decides), (order{2, 1, 2}));
  EXPECT_FALSE(decides.is_reversed());
}

TEST(Held_step, begins_again_as_if_nothing_had_been) {
  const auto record = recorded({1, 2, 1, 2});
  held_step decides(record, 0, 1);
  const auto once = played(record, decides);
  EXPECT_TRUE(decides.is_reversed());
  decides.begin(0);
  EXPECT_FALSE(decides.is_reversed());
  EXPECT_EQ(played(record, decides), once);
}

TEST(Held_step, decides_about_data_as_the_record_does_and_the_ordinary_way_where_it_cannot) {
  auto record = recorded({1, 2});
  record.choices = {{.value = 2, .bound = 4}, {.value = 1, .bound = 4}, {.value = 3, .bound = 4}};
  held_step decides(record, 0);
  decides.begin(0);
  EXPECT_EQ(decides.choose(4), 2u);
  EXPECT_EQ(decides.choose(4), 1u);
  EXPECT_EQ(decides.choose(2), 0u) << "there is no such choice now";
  EXPECT_EQ(decides.choose(4), 0u) << "the record has no more";
}

}  // namespace
}  // namespace nailbiter::explore
