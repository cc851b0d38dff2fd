#include "harness/probe/question.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/scenario/dialect.hpp"

namespace nailbiter::probe {
namespace {

std::vector<question> all_questions() {
  std::vector<question> all;
  for (const auto& some : {header_questions(), stdin_questions(), ending_questions()}) all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::string read(std::string_view axis, const answer& given) {
  const auto all = all_questions();
  const auto found = std::ranges::find(all, axis, &question::axis);
  return found == all.end() ? "no such question" : found->read(given);
}

answer exits(std::int32_t code, std::string out = {}) {
  return {.connected = true, .exit_payload = std::to_string(code), .exit_code = code, .out = std::move(out)};
}

TEST(Question, each_axis_of_the_dialect_has_one) {
  std::set<std::string_view> asked;
  for (const question& one : all_questions()) EXPECT_TRUE(asked.insert(one.axis).second) << one.axis;
  std::set<std::string_view> axes;
  for (const auto& axis : scenario::dialect_axes()) axes.insert(axis.name);
  EXPECT_EQ(asked, axes);
}

TEST(Question, makes_a_plan_by_either_means) {
  for (const question& one : all_questions()) {
    for (const means& with : {means{vehicle::puppet, {"puppet"}}, means{vehicle::program, {"exec", "/bin/puppet"}}}) {
      const plan::plan what = one.ask(with);
      ASSERT_FALSE(what.clients.empty()) << one.axis;
      EXPECT_EQ(what.clients[0].as_program, with.by == vehicle::program && !what.clients[0].script.empty()) << one.axis;
    }
  }
}

TEST(Question, of_endings_tells_what_a_run_came_to) {
  answer living{.connected = true, .out = "x"};
  living.stopped = true;
  EXPECT_EQ(read("peer_gone", living), "runs-on");
  living.run_lost = true;
  EXPECT_EQ(read("peer_gone", living), "kill");
  living.run_cancelled = true;
  EXPECT_EQ(read("protocol_error", living), "cancel");
  EXPECT_EQ(read("protocol_error", answer{}), "");
  EXPECT_EQ(read("half_close", exits(7, "x")), "eof");
  EXPECT_EQ(read("half_close", exits(-1, "x")), "cancel");
  EXPECT_EQ(read("exit_codes", exits(300)), "int32");
  EXPECT_EQ(read("exit_codes", exits(44)), "byte");
  EXPECT_EQ(read("exit_codes", exits(0)), "");
}

TEST(Question, of_the_end_of_a_connection_tells_three_apart) {
  answer given = exits(0);
  given.op_done = {true, true, true, true, true};
  EXPECT_EQ(read("after_exit", given), "lingers");
  given.op_done = {true, true, true, false};
  EXPECT_EQ(read("after_exit", given), "closed");
  given.op_done = {true, false};
  given.stopped = true;
  EXPECT_EQ(read("after_exit", given), "open");
}

TEST(Question, of_headers_tells_silence_from_refusal) {
  answer silent;
  silent.stopped = true;
  EXPECT_EQ(read("header_error", exits(1)), "1");
  EXPECT_EQ(read("header_error", silent), "no answer");
  EXPECT_EQ(read("nul", exits(0, "x")), "kept");
  EXPECT_EQ(read("nul", exits(1)), "error");
  EXPECT_EQ(read("not_utf8", exits(0, "\xff")), "kept");
  EXPECT_EQ(read("not_utf8", exits(0, "?")), "replaced");
}

TEST(Question, of_a_refusal_tells_whether_it_names_the_command) {
  answer given = exits(127);
  EXPECT_EQ(read("unknown_command_text", given), "");
  given.err = "no such thing";
  EXPECT_EQ(read("unknown_command_text", given), "any");
  given.err = "cannot find " + std::string(unknown_command);
  EXPECT_EQ(read("unknown_command_text", given), "named");
}

TEST(Question, of_two_runs_tells_whether_they_meet) {
  EXPECT_EQ(read("runs", exits(0, "x")), "at-once");
  answer waiting{.connected = true};
  waiting.stopped = true;
  EXPECT_EQ(read("runs", waiting), "in-turn");
}

TEST(Question, of_stdin_tells_one_grant_from_many) {
  answer given{.connected = true, .grants = 1};
  given.stopped = true;
  EXPECT_EQ(read("stdin_grant", given), "once");
  EXPECT_EQ(read("stdin_streaming", given), "cut");
  given = exits(0, "abcdefghijklmnopqrst");
  given.grants = 21;
  EXPECT_EQ(read("stdin_grant", given), "each|on-empty");
  EXPECT_EQ(read("stdin_streaming", given), "accepted");
  EXPECT_EQ(read("first_grant", given), "at-start");
}

}  // namespace
}  // namespace nailbiter::probe
