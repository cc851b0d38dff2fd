#include "harness/sim/world.hpp"

#include "harness/explore/strategy.hpp"
#include "reference/task/spawn.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace nailbiter::sim {
namespace {

constexpr task::step_label a_label{.session = 1, .kind = task::step_kind::spawn, .resource = 0};

task::task<> echo_one(port::listener& from) {
  port::stream_result accepted = co_await from.accept();
  if (!accepted) co_return;
  auto& stream = **accepted;
  char buffer[64];
  for (;;) {
    auto got = co_await stream.read_some(buffer);
    if (!got) break;
    for (std::string_view rest(buffer, *got); !rest.empty();) {
      auto taken = co_await stream.write_some(rest);
      if (!taken) co_return;
      rest.remove_prefix(*taken);
    }
  }
  stream.shutdown_write();
}

task::task<> talk(port::connector& network, std::string& answer) {
  auto attempt = network.prepare(simulated_address("echo"));
  port::stream_result connected = co_await attempt->connect();
  if (!connected) co_return;
  auto& stream = **connected;
  for (std::string_view rest = "hello, echo"; !rest.empty();) {
    auto taken = co_await stream.write_some(rest);
    if (!taken) co_return;
    rest.remove_prefix(*taken);
  }
  stream.shutdown_write();
  char buffer[8];
  for (;;) {
    auto got = co_await stream.read_some(buffer);
    if (!got) break;
    answer.append(buffer, *got);
  }
}

struct echo_world {
  world under_test;
  std::string answer;

  run_result execute(explore::strategy& decides, std::uint64_t seed) {
    answer.clear();
    under_test.begin(decides, seed);
    auto& ports = under_test.ports();
    auto listener = under_test.listen("echo");
    task::spawn(ports.strands.make_strand(1, "server"), echo_one(**listener), a_label);
    task::spawn(ports.strands.make_strand(2, "client"), talk(ports.network, answer), a_label);
    const run_result result = under_test.run();
    under_test.end();
    return result;
  }
};

TEST(World, an_echo_comes_back_whole_under_every_strategy_and_seed) {
  echo_world echo;
  for (const char* name : {"portfolio", "pos", "pct", "random", "fifo"}) {
    const auto decides = explore::make_strategy(name);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      EXPECT_EQ(echo.execute(*decides, seed).why, stop_reason::quiescent);
      ASSERT_EQ(echo.answer, "hello, echo") << name << ' ' << seed;
    }
  }
}

TEST(World, the_same_seed_gives_the_same_trace_and_another_seed_another) {
  echo_world echo;
  const auto decides = explore::make_strategy("random");
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    echo.execute(*decides, seed);
    const std::uint64_t first = echo.under_test.hash();
    echo.execute(*decides, seed);
    ASSERT_EQ(echo.under_test.hash(), first) << seed;
    hashes.push_back(first);
  }
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::adjacent_find(hashes), hashes.end());
}

}  // namespace
}  // namespace nailbiter::sim
