#include "reference/task/event.hpp"

#include <gtest/gtest.h>

#include "reference/task/group.hpp"
#include "tests/reference/task/manual_strand.hpp"

namespace naild::task {
namespace {

constexpr step_label wake{.session = 1, .kind = step_kind::wake};

task<> count_wakes(event& from, int& wakes) {
  for (;;) {
    co_await from;
    ++wakes;
  }
}

struct waiting {
  int wakes = 0;
  manual_strand where;
  event source{where, wake};

  ~waiting() { where.destroy_suspended(); }
  void start() {
    spawn(where, count_wakes(source, wakes), {});
    where.run_all();
  }
  void set(int times) {
    post(where, {}, [this, times] {
      for (int i = 0; i < times; ++i) source.set();
    });
  }
};

TEST(Event, set_before_the_wait_is_not_lost) {
  waiting test;
  test.set(1);
  test.where.run_all();
  test.start();
  EXPECT_EQ(test.wakes, 1);
}

TEST(Event, resumes_nobody_when_the_world_ends_before_its_step) {
  waiting test;
  test.start();
  test.set(1);
  test.where.run_one();
  test.where.destroy_suspended();
  EXPECT_EQ(test.wakes, 0);
}

TEST(Event, several_sets_before_the_wait_count_once) {
  waiting test;
  test.set(3);
  test.where.run_all();
  test.start();
  EXPECT_EQ(test.wakes, 1);
}

TEST(Event, several_sets_while_somebody_waits_wake_once) {
  waiting test;
  test.start();
  test.set(3);
  test.where.run_all();
  EXPECT_EQ(test.wakes, 1);
}

TEST(Event, wakes_through_a_step_of_its_own_with_its_label) {
  waiting test;
  test.start();
  test.set(1);
  test.where.run_one();
  EXPECT_EQ(test.wakes, 0);
  test.where.run_one();
  EXPECT_EQ(test.wakes, 1);
  EXPECT_EQ(test.where.trace().back(), wake);
}

TEST(Event, a_set_after_a_wake_wakes_again) {
  waiting test;
  test.start();
  for (int round = 1; round <= 3; ++round) {
    test.set(1);
    test.where.run_all();
    EXPECT_EQ(test.wakes, round);
  }
}

task<> wait_for(event& gate) { co_await gate; }
task<> nothing() { co_return; }

task<> join_all(group& children, bool& joined) {
  co_await children.join();
  joined = true;
}

TEST(Group, join_of_an_empty_group_returns_at_once) {
  manual_strand where;
  group children(where, wake);
  bool joined = false;
  spawn(where, join_all(children, joined), {});
  where.run_all();
  EXPECT_TRUE(joined);
}

TEST(Group, join_returns_when_the_last_child_has_ended_and_not_before) {
  manual_strand where;
  event first(where, wake);
  event second(where, wake);
  group children(where, wake);
  bool joined = false;
  children.start(wait_for(first));
  children.start(wait_for(second));
  spawn(where, join_all(children, joined), {});
  where.run_all();
  EXPECT_EQ(children.running(), 2u);

  post(where, {}, [&] { second.set(); });
  where.run_all();
  EXPECT_FALSE(joined);

  post(where, {}, [&] { first.set(); });
  where.run_all();
  EXPECT_TRUE(joined);
  EXPECT_EQ(children.running(), 0u);
}

task<> start_another(group& children) {
  children.start(nothing());
  co_return;
}

TEST(Group, join_waits_for_children_that_were_started_meanwhile) {
  manual_strand where;
  group children(where, wake);
  bool joined = false;
  children.start(start_another(children));
  spawn(where, join_all(children, joined), {});
  where.run_all();
  EXPECT_TRUE(joined);
  EXPECT_EQ(children.running(), 0u);
}

}  // namespace
}  // namespace naild::task
