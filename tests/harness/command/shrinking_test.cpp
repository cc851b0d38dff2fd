// The story of a shrunk failure, held against a golden file: sizes, sentence, table, what is left.

#include "harness/command/shrinking.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "harness/command/failure.hpp"
#include "harness/command/kept_decisions.hpp"
#include "harness/command/step_words.hpp"
#include "tests/harness/command/planted_race_support.hpp"

namespace nailbiter::command {
namespace {

std::string golden(const char* name) {
  std::ifstream file(std::string(NAILBITER_SOURCE_DIR "/tests/harness/command/golden/") + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct shrunk_race {
  explore::shrunk small;
  execution failing;
  std::string story;
  std::string steps;
  bool same = false;
  bool again = false;
};

shrunk_race shrink_race() {
  const auto what = support::racing_plan();
  const auto failing = support::first_failure(what);
  reproduction again(failing.verdict, {}, support::racing_daemon());
  const auto first = kept_decisions({.what = what, .verdict = failing.verdict, .schedule = failing.schedule}, again);
  if (!first) return {};
  shrunk_race done{.small = shrink(what, *first, again, {}), .failing = {}, .story = {}, .steps = {}};
  done.failing = again.play(done.small.what, done.small.decisions);
  done.same = again.is_the_same(done.failing.result);
  done.again = replays(done.small.what, done.failing, again);
  done.story = story_of(done.small, done.failing, explore::size_of(what, *first), again);
  done.steps = step_words(done.small.what, done.failing).all_steps();
  return done;
}

TEST(Shrinking, tells_a_planted_race_as_the_golden_file_does) {
  const auto done = shrink_race();
  EXPECT_TRUE(done.same);
  EXPECT_TRUE(done.again);
  EXPECT_EQ(done.story, golden("shrunk_race.txt"));
  EXPECT_EQ(done.steps, golden("shrunk_race_steps.txt"));
}

TEST(Shrinking, of_the_same_failure_ends_with_the_same_words) { EXPECT_EQ(shrink_race().story, shrink_race().story); }

}  // namespace
}  // namespace nailbiter::command
