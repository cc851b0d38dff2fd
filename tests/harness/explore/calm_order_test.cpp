#include "harness/explore/calm_order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

namespace nailbiter::explore {
namespace {

std::vector<runnable> ready_of(const std::vector<strand_id>& strands) {
  std::vector<runnable> ready;
  for (const strand_id each : strands) ready.push_back({.strand = each});
  return ready;
}

std::vector<strand_id> in_order(const calm_order& calm, const std::vector<runnable>& ready) {
  std::vector<strand_id> strands;
  for (std::size_t rank = 0; rank < ready.size(); ++rank) strands.push_back(ready[calm.index_of(ready, rank)].strand);
  return strands;
}

TEST(CalmOrder, goes_on_with_the_strand_that_ran_and_leaves_the_clock_for_last) {
  calm_order calm;
  calm.begin();
  calm.ran(5);
  EXPECT_EQ(in_order(calm, ready_of({clock_strand, 3, 4, 5})), (std::vector<strand_id>{5, 3, 4, clock_strand}));
}

TEST(CalmOrder, takes_the_oldest_when_the_last_strand_waits) {
  calm_order calm;
  calm.begin();
  calm.ran(5);
  EXPECT_EQ(in_order(calm, ready_of({4, 3})), (std::vector<strand_id>{4, 3}));
}

TEST(CalmOrder, holds_a_preempted_strand_until_the_others_wait) {
  calm_order calm;
  calm.begin();
  calm.ran(5);
  const auto ready = ready_of({5, 3, 4, clock_strand});
  calm.choose(ready, 1);
  calm.ran(3);
  EXPECT_EQ(in_order(calm, ready_of({5, 4, clock_strand})), (std::vector<strand_id>{4, 5, clock_strand}));
  calm.ran(4);
  EXPECT_EQ(in_order(calm, ready_of({5, clock_strand})), (std::vector<strand_id>{5, clock_strand})) << "but not for the clock";
  calm.ran(5);
  calm.ran(4);
  EXPECT_EQ(in_order(calm, ready_of({5, 3})), (std::vector<strand_id>{5, 3})) << "it has run: it is one of the others";
}

TEST(CalmOrder, a_strand_that_waited_when_another_was_chosen_is_not_preempted) {
  calm_order calm;
  calm.begin();
  calm.ran(5);
  calm.choose(ready_of({3, 4}), 1);
  calm.ran(4);
  EXPECT_EQ(in_order(calm, ready_of({3, 5})), (std::vector<strand_id>{3, 5}));
}

TEST(CalmOrder, does_not_favour_a_strand_that_never_waits_for_ever) {
  calm_order calm;
  calm.begin();
  for (std::uint32_t turn = 0; turn < calm_order::turns_max; ++turn) calm.ran(5);
  EXPECT_EQ(in_order(calm, ready_of({4, 5})), (std::vector<strand_id>{4, 5}));
}

RC_GTEST_PROP(CalmOrder, ranks_are_a_permutation_and_their_own_inverse, ()) {
  const auto drawn = *rc::gen::nonEmpty(rc::gen::container<std::set<strand_id>>(rc::gen::inRange<strand_id>(0, 12)));
  const auto ready = ready_of({drawn.begin(), drawn.end()});
  calm_order calm;
  calm.begin();
  calm.ran(*rc::gen::inRange<strand_id>(0, 12));
  const auto before = ready_of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  for (const auto index : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, before.size()))) {
    calm.choose(before, index);
    calm.ran(before[index].strand);
  }
  for (std::size_t rank = 0; rank < ready.size(); ++rank) RC_ASSERT(calm.rank_of(ready, calm.index_of(ready, rank)) == rank);
}

}  // namespace
}  // namespace nailbiter::explore
