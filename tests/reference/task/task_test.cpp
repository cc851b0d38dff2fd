#include "reference/task/task.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "reference/task/spawn.hpp"
#include "tests/reference/task/manual_strand.hpp"

namespace naild::task {
namespace {

task<int> one() { co_return 1; }

task<> add_up(int count, long& sum) {
  for (int i = 0; i < count; ++i) sum += co_await one();
}

TEST(Task, a_million_children_that_end_at_once_use_no_stack_and_one_step) {
  manual_strand where;
  long sum = 0;
  spawn(where, add_up(1'000'000, sum), {});
  EXPECT_EQ(where.run_all(), 1u);
  EXPECT_EQ(sum, 1'000'000);
}

task<int> depth(int levels) {
  if (levels == 0) co_return 0;
  const int below = co_await depth(levels - 1);
  co_return below + 1;
}

task<> store_depth(int levels, int& result) { result = co_await depth(levels); }

TEST(Task, a_value_comes_up_through_nested_children) {
  manual_strand where;
  int result = 0;
  spawn(where, store_depth(100, result), {});
  where.run_all();
  EXPECT_EQ(result, 100);
}

task<std::unique_ptr<std::string>> boxed(std::string text) { co_return std::make_unique<std::string>(std::move(text)); }

task<> unbox(std::string& result) {
  auto box = co_await boxed("moved");
  result = *box;
}

TEST(Task, a_value_that_only_moves_is_moved_out) {
  manual_strand where;
  std::string result;
  spawn(where, unbox(result), {});
  where.run_all();
  EXPECT_EQ(result, "moved");
}

task<int> two() { co_return 2; }

task<> store_assigned(int& result) {
  task<int> held = one();
  held = two();
  result = co_await std::move(held);
}

TEST(Task, what_was_assigned_last_is_awaited) {
  manual_strand where;
  int result = 0;
  spawn(where, store_assigned(result), {});
  where.run_all();
  EXPECT_EQ(result, 2);
}

struct witness {
  explicit witness(int& alive) : alive_(alive) { ++alive_; }
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;
  ~witness() { --alive_; }
  int& alive_;
};

task<> hold(int& alive) {
  witness held(alive);
  co_await std::suspend_always{};
}

task<> hold_a_child(int& alive) {
  witness held(alive);
  co_await hold(alive);
}

TEST(Task, destroying_a_task_that_never_started_runs_nothing) {
  int alive = 0;
  { auto unstarted = hold(alive); }
  EXPECT_EQ(alive, 0);
}

TEST(Task, destroying_a_suspended_root_destroys_what_it_and_its_children_hold) {
  int alive = 0;
  manual_strand where;
  spawn(where, hold_a_child(alive), {});
  where.run_all();
  EXPECT_EQ(alive, 2);
  where.destroy_suspended();
  EXPECT_EQ(alive, 0);
  EXPECT_FALSE(where.roots_left());
}

TEST(Task, a_root_whose_first_step_is_dropped_never_runs) {
  int alive = 0;
  manual_strand where;
  spawn(where, hold_a_child(alive), {});
  where.destroy_suspended();
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(where.queued(), 0u);
}

task<> remember_strand(strand*& seen) {
  strand& here = co_await this_strand();
  seen = &here;
}

task<> ask_below(strand*& seen) { co_await remember_strand(seen); }

TEST(Task, a_child_runs_on_the_strand_of_its_parent) {
  manual_strand where;
  strand* seen = nullptr;
  spawn(where, ask_below(seen), {});
  where.run_all();
  EXPECT_EQ(seen, &where);
}

TEST(Spawn, a_root_that_has_ended_leaves_the_list_of_its_strand) {
  manual_strand where;
  long sum = 0;
  spawn(where, add_up(1, sum), {});
  where.run_all();
  EXPECT_FALSE(where.roots_left());
}

TEST(Spawn, the_first_step_carries_the_label) {
  manual_strand where;
  long sum = 0;
  const step_label label = label_of(7, step_kind::spawn, session_part::state);
  spawn(where, add_up(1, sum), label);
  where.run_all();
  EXPECT_EQ(where.trace(), std::vector<step_label>{label});
}

TEST(Spawn, a_strand_is_retired_when_its_task_has_ended_and_not_before) {
  int alive = 0;
  manual_pool pool;
  auto& where = static_cast<manual_strand&>(pool.make_strand(1, "session"));
  spawn_and_retire(pool, where, hold(alive), {});
  where.run_all();
  EXPECT_TRUE(pool.retired.empty());

  long sum = 0;
  auto& other = static_cast<manual_strand&>(pool.make_strand(2, "session"));
  spawn_and_retire(pool, other, add_up(1, sum), {});
  other.run_all();
  EXPECT_EQ(pool.retired, std::vector<strand*>{&other});
}

TEST(Post, closures_run_in_the_order_of_their_posts) {
  manual_strand where;
  std::string order;
  for (const char name : {'a', 'b', 'c'}) post(where, {}, [&order, name] { order += name; });
  EXPECT_EQ(where.run_all(), 3u);
  EXPECT_EQ(order, "abc");
}

TEST(Post, a_dropped_closure_is_destroyed_uncalled) {
  manual_strand where;
  auto owned = std::make_shared<int>(0);
  post(where, {}, [owned] { ++*owned; });
  EXPECT_EQ(owned.use_count(), 2);
  where.destroy_suspended();
  EXPECT_EQ(owned.use_count(), 1);
  EXPECT_EQ(*owned, 0);
}

}  // namespace
}  // namespace naild::task
