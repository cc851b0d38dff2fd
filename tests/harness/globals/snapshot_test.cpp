// This process looks at the variables of a copy of itself, as the harness looks at a daemon's.

#include "harness/globals/snapshot.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

#include "harness/globals/comparison.hpp"

namespace nailbiter::globals {
namespace planted {

struct record {
  std::uint64_t untouched = 1;
  std::uint64_t field = 1;
};

std::uint64_t counter = 1;                       // .data
std::uint64_t quiet = 5;
std::unique_ptr<record> singleton;               // one pointer away
std::unique_ptr<std::unique_ptr<record>> deep;   // two
std::map<std::string, int> table;                // a node each
std::string text;                                // short ones lie inside it, long ones on the heap

}  // namespace planted

namespace {

/// A copy of this process that does one thing when it is told to; then it waits to be ended.
class actor {
 public:
  explicit actor(void (*deed)()) {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_), 0);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::close(ends_[0]);
    char told = 0;
    while (::read(ends_[1], &told, 1) == 1) {
      deed();
      if (::write(ends_[1], &told, 1) != 1) break;
    }
    ::_exit(0);
  }
  ~actor() {
    ::close(ends_[0]);
    ::close(ends_[1]);
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  actor(const actor&) = delete;
  actor& operator=(const actor&) = delete;

  void act() {
    char done = 'a';
    EXPECT_EQ(::write(ends_[0], &done, 1), 1);
    EXPECT_EQ(::read(ends_[0], &done, 1), 1);
  }
  std::int32_t pid() const { return pid_; }

 private:
  int ends_[2] = {-1, -1};
  pid_t pid_ = -1;
};

struct Snapshot : testing::Test {
  void SetUp() override {
    auto found = variables_of("/proc/self/exe");
    ASSERT_TRUE(found) << found.error();
    program = std::move(*found);
    planted::singleton = std::make_unique<planted::record>();
    planted::deep = std::make_unique<std::unique_ptr<planted::record>>(std::make_unique<planted::record>());
  }
  snapshot look_at(const actor& other) {
    auto seen = snapshot_of(other.pid(), program);
    EXPECT_TRUE(seen) << seen.error();
    return seen ? std::move(*seen) : snapshot();
  }
  /// The planted variables that change, and where.
  std::map<std::string, std::string> changed_by(void (*act)()) {
    actor other(act);
    const auto before = look_at(other);
    other.act();
    std::map<std::string, std::string> found;
    for (const auto& one : differences(before, look_at(other))) found.emplace(one.variable, one.place);
    return found;
  }

  program_variables program;
};

std::string named(const std::string& name) { return "nailbiter::globals::planted::" + name; }

TEST_F(Snapshot, sees_nothing_where_nothing_is_done) {
  const auto found = changed_by([] {});
  EXPECT_TRUE(found.empty()) << testing::PrintToString(found);
}

TEST_F(Snapshot, sees_a_static_variable_and_leaves_its_neighbour_alone) {
  const auto found = changed_by([] { planted::counter += 41; });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.begin()->first, named("counter"));
}

TEST_F(Snapshot, sees_a_field_behind_a_pointer_and_says_which) {
  const auto found = changed_by([] { planted::singleton->field = 99; });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.begin()->second, named("singleton+0->+8"));
}

TEST_F(Snapshot, sees_a_field_two_pointers_away) {
  const auto found = changed_by([] { (*planted::deep)->field = 99; });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.begin()->second, named("deep+0->+0->+8"));
}

TEST_F(Snapshot, sees_a_new_key_of_a_map) {
  const auto found = changed_by([] { planted::table["of a run"] = 7; });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found.begin()->first.starts_with(named("table"))) << found.begin()->first;
}

TEST_F(Snapshot, knows_which_variable_holds_a_secret) {
  actor other([] { planted::text = "a long text with the secret inside of it"; });
  EXPECT_TRUE(holders_of(look_at(other), "the secret inside").empty());
  other.act();
  const auto holders = holders_of(look_at(other), "the secret inside");
  EXPECT_TRUE(std::ranges::any_of(holders, [](const std::string& one) { return variable_of(one).starts_with(named("text")); }))
      << testing::PrintToString(holders);
}

TEST_F(Snapshot, has_a_bound) {
  const actor other([] {});
  auto seen = snapshot_of(other.pid(), program, {.total_bytes = 64});
  ASSERT_TRUE(seen) << seen.error();
  EXPECT_FALSE(seen->is_whole);
}

TEST_F(Snapshot, what_changes_anyway_is_noise) {
  actor other([] { ++planted::counter; });
  const auto first = look_at(other);
  other.act();
  const auto second = look_at(other);
  noise usual;
  usual.learn(first, second);
  other.act();
  for (const auto& one : differences(second, look_at(other))) EXPECT_TRUE(usual.knows(one)) << one.place;
  EXPECT_EQ(usual.size(), 1u);
}

TEST(SnapshotOf, no_process_is_an_error) { EXPECT_FALSE(snapshot_of(0, {.writable = {{"a", 1, 8}}})); }

TEST(VariableOf, a_place_is_what_stands_before_its_first_offset) {
  EXPECT_EQ(variable_of("a::b+8->+16"), "a::b");
  EXPECT_EQ(variable_of("operator+(int)::count+0"), "operator+(int)::count");
  EXPECT_EQ(variable_of("plain"), "plain");
}

TEST(VariablesIn, refuses_what_is_no_program_and_reads_no_byte_beyond_the_end) {
  EXPECT_FALSE(variables_in(""));
  EXPECT_FALSE(variables_in("#!/bin/sh\n"));
  std::ifstream in("/proc/self/exe", std::ios::binary);
  const std::string whole(std::istreambuf_iterator<char>(in), {});
  for (std::size_t bytes = 1; bytes < whole.size(); bytes = bytes * 3 / 2 + 1) {
    const std::string cut = whole.substr(0, bytes);
    (void)variables_in(cut);
  }
  EXPECT_TRUE(variables_in(whole));
}

}  // namespace
}  // namespace nailbiter::globals
