// Timers fire in the order of their deadlines, never early, and can be cancelled.

#include <algorithm>

#include <rapidcheck.h>

#include "tests/contract/sighting.hpp"

namespace contract {
namespace {

using namespace naild;
using base::io_error;

struct firing {
  port::time_ns deadline = 0;
  port::time_ns at = 0;
};

struct firings {
  std::vector<firing> all;  // in the order in which they were seen
  bool armed_in_time = false;  // all were armed before the first deadline: only then the order is promised
};

// Longer than a simulated world's slack, so that there too all are armed first.
constexpr port::time_ns time_to_arm = port::milliseconds(6);

task::task<> wait_until(world_under_test& world, port::time_ns deadline, firings& seen) {
  auto timer = world.ports().time.make_timer({.kind = task::step_kind::timer});
  auto result = co_await timer->until(deadline);
  if (!result) co_return;
  seen.all.push_back({.deadline = deadline, .at = world.ports().time.now()});
}

// Started last: its step comes when the others have armed.
task::task<> look_at_clock(world_under_test& world, port::time_ns first_deadline, firings& seen) {
  seen.armed_in_time = world.ports().time.now() < first_deadline;
  co_return;
}

task::task<> wait_for_all(world_under_test& world, const std::vector<std::uint32_t>& microseconds, firings& seen) {
  task::strand& here = co_await task::this_strand();
  task::group work(here, {});
  const port::time_ns start = world.ports().time.now() + time_to_arm;
  for (const std::uint32_t after : microseconds) work.start(wait_until(world, start + after * 1'000u, seen));
  work.start(look_at_clock(world, start, seen));
  co_await work.join();
}

TEST_P(port_contract, timers_fire_in_the_order_of_their_deadlines_and_never_early) {
  const bool held = rc::check("any deadlines", [this] {
    const auto after = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 5'000));
    auto world = make(*rc::gen::arbitrary<std::uint64_t>());
    firings seen;
    RC_ASSERT(world->run_to_end(wait_for_all(*world, after, seen)));
    RC_ASSERT(seen.all.size() == after.size());
    for (const firing& one : seen.all) RC_ASSERT(one.at >= one.deadline);
    if (seen.armed_in_time) RC_ASSERT(std::ranges::is_sorted(seen.all, {}, &firing::deadline));
  });
  EXPECT_TRUE(held);
}

task::task<> wait_with(port::timer& timer, port::time_ns deadline, sighting& seen) {
  auto result = co_await timer.until(deadline);
  seen.note(result);
}

struct sightings {
  sighting cancelled;
  sighting again;
  sighting passed;
};

task::task<> cancel_and_wait_again(world_under_test& world, sightings& seen) {
  task::strand& here = co_await task::this_strand();
  task::group work(here, {});
  auto timer = world.ports().time.make_timer({});
  timer->cancel();
  work.start(wait_with(*timer, world.ports().time.now() + port::milliseconds(3'600'000), seen.cancelled));
  co_await pause(world);
  timer->cancel();
  timer->cancel();
  co_await work.join();
  co_await wait_with(*timer, world.ports().time.now() + port::milliseconds(1), seen.again);
  co_await wait_with(*timer, world.ports().time.now(), seen.passed);
}

TEST_P(port_contract, a_cancelled_timer_ends_with_aborted_and_can_be_used_again) {
  auto world = make();
  sightings seen;
  ASSERT_TRUE(world->run_to_end(cancel_and_wait_again(*world, seen)));
  EXPECT_EQ(seen.cancelled, once(io_error::aborted));
  EXPECT_EQ(seen.again, a_value);
  EXPECT_EQ(seen.passed, a_value);
}

}  // namespace
}  // namespace contract
