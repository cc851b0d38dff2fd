// Names that may stand in certain rooms only: the rest of the house is given time, threads and randomness as ports.

#include <gtest/gtest.h>

#include <regex>

#include "tests/structure/source_tree_support.hpp"

namespace structure {
namespace {

struct banned_name {
  const char* pattern;
  std::vector<std::string> below;    // where it is banned
  std::vector<std::string> allowed;  // path prefixes that are excepted
  const char* instead;
};

const std::vector<banned_name>& banned() {
  static const std::vector<banned_name> names{
      {R"(sleep_for|sleep_until|\busleep\b|\bnanosleep\b|\bsleep\s*\()", {"reference", "harness", "tests"}, {}, "wait for an event with a deadline"},
      {R"(system_clock|steady_clock|high_resolution_clock|clock_gettime|gettimeofday)",
       {"reference", "harness/wire", "harness/plan", "harness/history", "harness/check", "harness/scenario", "harness/actor", "harness/sim", "harness/explore"},
       {"reference/io/"}, "port::clock"},
      {R"(std::j?thread\b|pthread_create|std::async)", {"reference", "harness"}, {"reference/io/", "harness/bench/"}, "a strand or port::thread_pool"},
      {R"(random_device|\brand\s*\(|\bsrand\s*\()", {"reference", "harness"}, {}, "a seed"},
      {R"(thread_local)", {"reference", "harness"}, {"reference/task/frame_pool.cpp", "reference/io/run_queue", "reference/stdio/binding"}, "an object handed down"},
      {R"(\bfork\s*\(|\bsystem\s*\(|\bpopen\s*\()", {"reference", "harness", "tests"},
       {"tests/structure/", "tests/harness/globals/", "harness/target/bound_child.cpp", "tests/harness/target/process_test.cpp"}, "posix_spawn of an argument vector"},
      {R"(\bchdir\s*\(|\bsetenv\s*\(|\bputenv\s*\(|\bsetlocale\s*\()", {"reference"}, {"reference/puppet.cpp", "reference/io/process_state.cpp"}, "the run's own values"},
      {R"(unordered_(map|set))", {"harness/sim", "harness/explore", "harness/history", "harness/check", "reference/session", "reference/daemon"}, {}, "an ordered container"},
  };
  return names;
}

bool starts_with_any(const std::string& path, const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (path.starts_with(prefix)) return true;
  }
  return false;
}

std::vector<std::string> violations(const source_file& file, const banned_name& rule) {
  std::vector<std::string> found;
  if (!starts_with_any(file.path, rule.below) || starts_with_any(file.path, rule.allowed)) return found;
  const std::regex pattern(rule.pattern);
  bool in_comment = false;
  for (std::size_t number = 1; number <= file.lines.size(); ++number) {
    if (std::regex_search(code_of(file.lines[number - 1], in_comment), pattern)) {
      found.push_back(file.path + ":" + std::to_string(number) + ": use " + rule.instead);
    }
  }
  return found;
}

TEST(BannedNames, stand_only_where_they_may) {
  for (const source_file& file : sources_below({"reference", "harness", "tests"})) {
    for (const banned_name& rule : banned()) {
      for (const std::string& violation : violations(file, rule)) ADD_FAILURE() << violation;
    }
  }
}

TEST(BannedNames, a_sleep_is_found_in_code_and_not_in_words) {
  const source_file file{.path = "harness/actor/x.cpp", .lines = {"// never sleep(1) here", "const char* text = \"sleep(1)\";", "  sleep(1);"}};
  ASSERT_EQ(violations(file, banned().front()).size(), 1u);
  EXPECT_EQ(violations(file, banned().front())[0], "harness/actor/x.cpp:3: use wait for an event with a deadline");
}

}  // namespace
}  // namespace structure
