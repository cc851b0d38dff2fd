#include "harness/sim/world.hpp"

#include "harness/explore/decisions.hpp"
#include "harness/explore/replay.hpp"
#include "tests/harness/sim/sim_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace nailbiter::sim {
namespace {

constexpr const char* every_strategy[]{"portfolio", "pos", "pct", "random", "fifo"};

TEST(World, an_echo_comes_back_whole_under_every_strategy_and_seed) {
  support::echo echo;
  for (const char* name : every_strategy) {
    const auto decides = explore::make_strategy(name);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      EXPECT_EQ(echo.execute(*decides, seed).why, stop_reason::quiescent);
      ASSERT_EQ(echo.answer, echo.greeting) << name << ' ' << seed;
    }
  }
}

TEST(World, the_same_seed_gives_the_same_trace_and_another_seed_another) {
  support::echo echo;
  support::echo another_world;
  const auto decides = explore::make_strategy("portfolio");
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    echo.execute(*decides, seed);
    hashes.push_back(echo.where.hash());
    another_world.execute(*decides, seed);
    ASSERT_EQ(another_world.where.hash(), hashes.back()) << seed;
    ASSERT_EQ(another_world.where.trace().steps, echo.where.trace().steps) << seed;
  }
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::adjacent_find(hashes), hashes.end());
}

explore::schedule record(support::echo& echo, const char* name, std::uint64_t seed) {
  const auto decides = explore::make_strategy(name);
  echo.execute(*decides, seed);
  return *explore::parse_schedule(explore::to_binary(explore::make_schedule(echo.where.trace(), seed, name, "")));
}

TEST(World, a_replay_equals_the_original) {
  support::echo echo;
  for (const char* name : every_strategy) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const explore::schedule recorded = record(echo, name, seed);
      const std::uint64_t hash = echo.where.hash();
      explore::replay again(recorded);
      echo.execute(again, seed);
      ASSERT_FALSE(again.divergence_at_end()) << explore::to_string(*again.divergence_at_end());
      ASSERT_EQ(echo.where.hash(), hash);
    }
  }
}

TEST(World, a_bare_list_of_its_decisions_repeats_an_execution) {
  support::echo echo;
  const auto walk = explore::make_strategy("random");
  explore::decision_recorder recorder(*walk);
  echo.execute(recorder, 3);
  const explore::decision_list list = recorder.taken();
  const std::uint64_t hash = echo.where.hash();
  explore::guided again(list);
  echo.execute(again, 0);
  EXPECT_EQ(echo.where.hash(), hash);
}

TEST(World, a_replay_of_changed_code_names_the_step_where_it_left_the_record) {
  support::echo echo;
  const explore::schedule recorded = record(echo, "fifo", 1);
  explore::replay again(recorded);
  echo.greeting = "hello, echo; hello, all who listen behind this one wall, and once more: hello";
  EXPECT_EQ(echo.execute(again, 1).why, stop_reason::quiescent);
  EXPECT_EQ(echo.answer, echo.greeting) << "it goes on to the end";
  ASSERT_TRUE(again.diverged());
  EXPECT_GT(again.diverged()->step, 4u);
  EXPECT_NE(explore::to_string(*again.diverged()).find("replay diverged at step"), std::string::npos);
}

TEST(World, a_record_that_goes_on_after_the_execution_has_ended_is_a_divergence) {
  support::echo echo;
  explore::schedule recorded = record(echo, "random", 1);
  recorded.steps.push_back(recorded.steps.back());
  explore::replay again(recorded);
  echo.execute(again, 1);
  ASSERT_TRUE(again.divergence_at_end());
  EXPECT_EQ(again.divergence_at_end()->found, "the end");
}

TEST(World, has_no_hidden_thread) {
  support::echo echo;
  echo.execute(*explore::make_strategy("random"), 1);
  const std::filesystem::directory_iterator threads("/proc/self/task");
  EXPECT_EQ(std::distance(begin(threads), end(threads)), 1);
}

task::task<> spin(port::clock& time) {
  const auto timer = time.make_timer(support::spawn_label);
  for (;;) co_await timer->until(0);
}

TEST(World, an_execution_that_never_rests_stops_at_its_limit_and_goes_on_when_asked) {
  world where;
  const auto decides = explore::make_strategy("fifo");
  where.begin(*decides, 0);
  support::start(where, spin(where.ports().time));
  EXPECT_EQ(where.run(100).why, stop_reason::step_limit);
  EXPECT_EQ(where.run(100).steps, 100u);
  EXPECT_EQ(where.trace().steps.size(), 200u);
}

struct counted {
  int& alive;
  explicit counted(int& count) : alive(count) { ++alive; }
  ~counted() { --alive; }
};

task::task<> wait_for_ever(port::byte_stream& from, int& alive) {
  const counted one(alive);
  char byte;
  co_await from.read_some({&byte, 1});
}

task::task<> hold_both_ends(world& where, int& alive) {
  auto [client, server] = where.connected_pair();
  co_await wait_for_ever(*client, alive);
}

TEST(World, ending_destroys_what_is_suspended_and_what_was_never_begun) {
  world where;
  int alive = 0;
  const auto decides = explore::make_strategy("random");
  for (const std::uint64_t steps : {0u, 1u, 1000u}) {
    where.begin(*decides, 1);
    support::start(where, hold_both_ends(where, alive));
    where.run(steps);
    EXPECT_EQ(alive, steps > 0 ? 1 : 0);
    where.end();
    EXPECT_EQ(alive, 0);
  }
}

}  // namespace
}  // namespace nailbiter::sim
