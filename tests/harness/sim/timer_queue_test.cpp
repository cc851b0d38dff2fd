#include "harness/sim/timer_queue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace nailbiter::sim {
namespace {

TEST(TimerQueue, equal_deadlines_leave_in_the_order_of_arming) {
  timer_queue queue;
  timer_entry a, b, c;
  queue.add(a, 5);
  queue.add(b, 5);
  queue.add(c, 4);
  EXPECT_EQ(&queue.pop(), &c);
  EXPECT_EQ(&queue.pop(), &a);
  EXPECT_EQ(&queue.pop(), &b);
  EXPECT_EQ(queue.earliest(), timer_queue::never);
}

TEST(TimerQueue, an_entry_is_removed_once) {
  timer_queue queue;
  timer_entry entry;
  queue.add(entry, 5);
  EXPECT_TRUE(queue.remove(entry));
  EXPECT_FALSE(queue.remove(entry));
}

RC_GTEST_PROP(TimerQueue, whatever_is_removed_the_rest_leaves_in_order, (const std::vector<std::uint8_t>& deadlines)) {
  timer_queue queue;
  std::vector<timer_entry> entries(deadlines.size());
  for (std::size_t i = 0; i < entries.size(); ++i) queue.add(entries[i], deadlines[i]);
  std::vector<std::uint8_t> left;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (*rc::gen::arbitrary<bool>()) {
      queue.remove(entries[i]);
    } else {
      left.push_back(deadlines[i]);
    }
  }
  std::ranges::sort(left);
  for (const std::uint8_t deadline : left) RC_ASSERT(queue.pop().at == deadline);
  RC_ASSERT(queue.earliest() == timer_queue::never);
}

}  // namespace
}  // namespace nailbiter::sim
