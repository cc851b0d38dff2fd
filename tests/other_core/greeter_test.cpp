// Another daemon in the simulator: found wrong, shrunk and explained, by what harness/sim/OTHER_CORES.md says and no more.

#include "tests/other_core/greeter.hpp"

#include <gtest/gtest.h>

#include <iostream>

#include "harness/command/shrinking.hpp"

namespace other_core {
namespace {

using namespace nailbiter;

target::sim_options with_greeter() {
  target::sim_options how;
  how.makes = [](const target::core_parts& given) { return std::make_unique<greeter>(given); };
  return how;
}

plan::plan greetings() {
  plan::plan what{.case_id = "greeter/three"};
  for (const char* name : {"ann", "bob", "cy"}) {
    plan::client who{.name = name, .command = {"greet", name}};
    who.expect.stdout_text = std::string("hello, ") + name;
    what.clients.push_back(std::move(who));
  }
  return what;
}

/// How the plan fails under the first schedule that fails; nullopt when none does.
std::optional<report::stored_verdict> explored(const plan::plan& what, int schedules) {
  target::simulated_target target(with_greeter());
  const auto decides = explore::make_strategy("portfolio");
  for (int seed = 1; seed <= schedules; ++seed) {
    const auto ran = target.run(what, *decides, static_cast<std::uint64_t>(seed));
    if (ran.summary.result != check::outcome::pass) return report::stored(report::record_of(ran));
  }
  return std::nullopt;
}

TEST(Other_core, one_client_alone_is_served_under_any_schedule) {
  auto alone = greetings();
  alone.clients.resize(1);
  const auto failed = explored(alone, 300);
  EXPECT_FALSE(failed) << failed->checker << ": " << failed->reason;
}

TEST(Other_core, is_broken_shrunk_and_explained) {
  const auto what = greetings();
  const auto failed = explored(what, 300);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->verdict, "fail");
  command::reproduction again(*failed, {}, with_greeter());
  const auto first = again.search(what, {}, 300);
  ASSERT_TRUE(first);
  const auto small = command::shrink(what, *first, again, {});
  const auto failing = again.play(small.what, small.decisions);
  ASSERT_TRUE(again.is_the_same(failing.result));
  EXPECT_TRUE(command::replays(small.what, failing, again));
  EXPECT_EQ(small.what.clients.size(), 2u);
  EXPECT_LE(explore::size_of(small.what, small.decisions).preemptions, 1u);
  const auto story = command::story_of(small, failing, explore::size_of(what, *first), again);
  std::cout << story;
  EXPECT_NE(story.find("the daemon's reading of cy's header came before the writing of the stdout and exit to bob"), std::string::npos) << story;
}

}  // namespace
}  // namespace other_core
