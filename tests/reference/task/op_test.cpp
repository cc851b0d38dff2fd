#include "reference/task/op.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "reference/task/spawn.hpp"
#include "tests/reference/task/manual_strand.hpp"

namespace naild::task {
namespace {

/// An effect that ends when the test says so, or in place when a value is there.
struct effect {
  op<std::string> ending{{.session = 3, .kind = step_kind::read}};
  std::string in_place;
  int starts = 0;

  auto wait() {
    return ending.wait([this] {
      ++starts;
      return in_place.empty() ? started::pending : ending.finish(in_place);
    });
  }
};

task<> collect(effect& from, int count, std::vector<std::string>& values) {
  for (int i = 0; i < count; ++i) {
    auto value = co_await from.wait();
    values.push_back(std::move(value));
  }
}

TEST(Op, resumes_its_waiter_in_a_step_that_has_its_label) {
  manual_strand where;
  effect source;
  std::vector<std::string> values;
  spawn(where, collect(source, 1, values), {});
  where.run_all();
  source.ending.complete("later");
  where.run_all();
  ASSERT_EQ(where.trace().size(), 2u);
  EXPECT_EQ(where.trace()[1], (step_label{.session = 3, .kind = step_kind::read}));
}

TEST(Op, finished_in_place_does_not_suspend) {
  manual_strand where;
  effect source;
  source.in_place = "here";
  std::vector<std::string> values;
  spawn(where, collect(source, 2, values), {});
  EXPECT_EQ(where.run_all(), 1u);
  EXPECT_EQ(values, (std::vector<std::string>{"here", "here"}));
}

TEST(Op, completion_resumes_the_waiter_only_through_a_step_of_its_strand) {
  manual_strand where;
  effect source;
  std::vector<std::string> values;
  spawn(where, collect(source, 1, values), {});
  where.run_all();
  EXPECT_EQ(source.starts, 1);

  source.ending.complete("later");
  EXPECT_TRUE(values.empty());
  EXPECT_EQ(where.queued(), 1u);

  where.run_all();
  EXPECT_EQ(values, std::vector<std::string>{"later"});
  EXPECT_FALSE(where.roots_left());
}

TEST(Op, the_resuming_step_carries_the_label_of_the_op) {
  manual_strand where;
  effect source;
  std::vector<std::string> values;
  spawn(where, collect(source, 1, values), {});
  where.run_all();
  source.ending.complete("x");
  where.run_all();
  EXPECT_EQ(where.trace().back(), source.ending.what());
}

TEST(Op, can_be_awaited_again_after_it_has_ended) {
  manual_strand where;
  effect source;
  std::vector<std::string> values;
  spawn(where, collect(source, 3, values), {});
  where.run_all();
  for (const char* value : {"a", "b", "c"}) {
    source.ending.complete(value);
    where.run_all();
  }
  EXPECT_EQ(values, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(source.starts, 3);
}

TEST(Op, a_completion_that_is_dropped_resumes_nobody) {
  effect source;
  std::vector<std::string> values;
  manual_strand where;
  spawn(where, collect(source, 1, values), {});
  where.run_all();
  source.ending.complete("never seen");
  where.destroy_suspended();
  EXPECT_TRUE(values.empty());
  EXPECT_FALSE(where.roots_left());
}

struct cancellable {
  op<bool> ending{{}};
  bool pending = false;

  auto wait() {
    return ending.wait([this] {
      pending = true;
      return started::pending;
    });
  }
  void cancel() {
    if (std::exchange(pending, false)) ending.complete(false);
  }
};

task<> wait_once(cancellable& source, std::string& seen) {
  const bool finished = co_await source.wait();
  seen = finished ? "finished" : "cancelled";
}

TEST(Op, a_cancel_from_another_step_ends_the_wait_with_its_value) {
  manual_strand where;
  cancellable source;
  std::string seen;
  spawn(where, wait_once(source, seen), {});
  post(where, {}, [&source] { source.cancel(); });
  where.run_all();
  EXPECT_EQ(seen, "cancelled");
}

}  // namespace
}  // namespace naild::task
