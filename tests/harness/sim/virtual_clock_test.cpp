#include "harness/sim/virtual_clock.hpp"

#include "tests/harness/sim/sim_support.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nailbiter::sim {
namespace {

constexpr port::time_ns ms = port::milliseconds(1);

class VirtualClock : public testing::Test {
 protected:
  void begin(const char* strategy, std::uint64_t seed = 1) {
    decides_ = explore::make_strategy(strategy);
    where_.begin(*decides_, seed);
    log_.clear();
  }
  void TearDown() override { where_.end(); }

  task::task<> sleep_then_log(port::time_ns deadline, std::string word) {
    const auto timer = where_.ports().time.make_timer(support::spawn_label);
    auto woken = co_await timer->until(deadline);
    log_ += woken ? word : "aborted ";
  }
  task::task<> work_then_log(int steps, std::string word) {
    const auto timer = where_.ports().time.make_timer(support::spawn_label);
    for (int i = 0; i < steps; ++i) co_await timer->until(0);
    log_ += word;
  }
  task::task<> beat(port::time_ns every, port::time_ns end, int& count) {
    const auto timer = where_.ports().time.make_timer(support::spawn_label);
    for (port::time_ns at = every; at <= end; at += every) {
      co_await timer->until(at);
      ++count;
    }
  }
  task::task<> jump_then_work(port::time_ns by, int steps, std::string word) {
    where_.jump(by);
    co_await work_then_log(steps, std::move(word));
  }
  task::task<> wait_on(port::timer& timer) {
    auto woken = co_await timer.until(ms);
    log_ += woken ? "woken " : "aborted ";
  }

  std::unique_ptr<explore::strategy> decides_;
  world where_;
  std::string log_;
};

TEST_F(VirtualClock, jumps_from_timer_to_timer_when_nothing_else_is_left) {
  begin("fifo");
  support::start(where_, sleep_then_log(3000 * ms, "third"));
  support::start(where_, sleep_then_log(1000 * ms, "first "));
  support::start(where_, sleep_then_log(2000 * ms, "second "));
  EXPECT_EQ(where_.run().why, stop_reason::quiescent);
  EXPECT_EQ(log_, "first second third");
  EXPECT_EQ(where_.now(), 3000 * ms);
}

TEST_F(VirtualClock, a_timer_within_the_slack_may_fire_before_work_that_is_left) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    begin("random", seed);
    support::start(where_, sleep_then_log(5 * ms, "timer "));
    support::start(where_, work_then_log(5, "work "));
    where_.run();
    seen.insert(log_);
    where_.end();
  }
  EXPECT_EQ(seen, (std::set<std::string>{"timer work ", "work timer "}));
}

TEST_F(VirtualClock, a_timer_beyond_the_slack_never_fires_before_work_that_is_left) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    begin("random", seed);
    support::start(where_, sleep_then_log(6 * ms, "timer "));
    support::start(where_, work_then_log(5, "work "));
    where_.run();
    ASSERT_EQ(log_, "work timer ");
    where_.end();
  }
}

TEST_F(VirtualClock, a_cancelled_timer_ends_with_aborted_and_time_stands_still) {
  begin("fifo");
  const auto timer = where_.ports().time.make_timer(support::spawn_label);
  support::start(where_, wait_on(*timer));
  where_.run(1);
  timer->cancel();
  where_.run();
  EXPECT_EQ(log_, "aborted ");
  EXPECT_EQ(where_.now(), 0u);
}

TEST_F(VirtualClock, a_time_limit_stops_before_later_timers_and_moves_time_to_it) {
  begin("fifo");
  support::start(where_, sleep_then_log(1000 * ms, "late "));
  EXPECT_EQ(where_.run(world::default_steps_max, 400 * ms).why, stop_reason::time_limit);
  EXPECT_EQ(log_, "");
  EXPECT_EQ(where_.now(), 400 * ms);
  EXPECT_EQ(where_.run().why, stop_reason::quiescent);
  EXPECT_EQ(log_, "late ");
}

TEST_F(VirtualClock, an_hour_of_heartbeats_is_a_step_count_and_not_an_hour) {
  begin("random");
  int count = 0;
  support::start(where_, beat(500 * ms, 3'600'000 * ms, count));
  EXPECT_EQ(where_.run().why, stop_reason::quiescent);
  EXPECT_EQ(count, 7200);
  EXPECT_EQ(where_.now(), 3'600'000 * ms);
  EXPECT_EQ(where_.trace().steps.size(), 2u * 7200 + 1);
}

TEST_F(VirtualClock, what_is_due_after_a_jump_may_fire_before_and_after_work_that_is_left) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    begin("random", seed);
    support::start(where_, sleep_then_log(1000 * ms, "timer "));
    support::start(where_, jump_then_work(3'600'000 * ms, 5, "work "));
    where_.run();
    seen.insert(log_);
    EXPECT_EQ(where_.now(), 3'600'000 * ms);
    where_.end();
  }
  EXPECT_EQ(seen, (std::set<std::string>{"timer work ", "work timer "}));
}

TEST_F(VirtualClock, who_is_asked_at_rest_ends_the_run_before_time_moves) {
  begin("fifo");
  support::start(where_, sleep_then_log(1000 * ms, "late "));
  where_.when_at_rest([] { return true; });
  EXPECT_EQ(where_.run().why, stop_reason::at_rest);
  EXPECT_EQ(where_.now(), 0u);
  EXPECT_EQ(log_, "");
  where_.when_at_rest(nullptr);
  EXPECT_EQ(where_.run().why, stop_reason::quiescent);
  EXPECT_EQ(log_, "late ");
}

}  // namespace
}  // namespace nailbiter::sim
