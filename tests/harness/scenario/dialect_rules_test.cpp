#include "harness/scenario/dialect_rules.hpp"

#include <gtest/gtest.h>

namespace nailbiter::scenario {
namespace {

using plan::ending;
using plan::op_kind;

dialect java() {
  dialect speaks = naild_dialect();
  speaks["half_close"] = "eof";
  speaks["peer_gone"] = "runs-on";
  speaks["stdin_streaming"] = "cut";
  speaks["unknown_command"] = "899";
  speaks["missing_directory"] = "tolerated";
  return speaks;
}

plan::plan left_by(op_kind how, std::vector<std::string> script) {
  plan::client who;
  who.name = "a";
  who.script = std::move(script);
  who.ops = {{.kind = how}};
  who.expect.ends = ending::cancelled;
  plan::plan what;
  what.clients = {who};
  return what;
}

TEST(DialectRules, of_naild_change_nothing) {
  const auto what = left_by(op_kind::half_close, {"hang"});
  EXPECT_EQ(in_dialect(what, naild_dialect()), what);
}

TEST(DialectRules, rule_out_a_cancel_that_is_not_promised_and_say_why) {
  const auto fitted = in_dialect(left_by(op_kind::close, {"hang"}), java());
  ASSERT_FALSE(fitted);
  EXPECT_EQ(fitted.error(), "the dialect does not cancel a run whose client has gone (peer_gone = runs-on)");
  EXPECT_FALSE(in_dialect(left_by(op_kind::half_close, {"wait never"}), java()));
}

TEST(DialectRules, keep_a_run_that_ends_by_itself) {
  const auto what = left_by(op_kind::close, {"out x", "exit 5"});
  EXPECT_EQ(in_dialect(what, java()), what);
}

TEST(DialectRules, expect_of_a_half_close_that_is_the_end_of_stdin_that_a_reader_ends) {
  const auto fitted = in_dialect(left_by(op_kind::half_close, {"out x", "cat", "exit 4"}), java());
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->clients[0].expect.ends, ending::exits);
  EXPECT_EQ(fitted->clients[0].expect.exit_code, 4);
  EXPECT_EQ(fitted->clients[0].expect.stdout_text, "x");
}

TEST(DialectRules, stream_what_is_granted_once) {
  plan::client who;
  who.script = {"cat"};
  who.stdin_from = plan::stdin_source::text;
  plan::plan what;
  what.clients = {who};
  dialect once = naild_dialect();
  once["stdin_grant"] = "once";
  const auto fitted = in_dialect(what, once);
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->clients.front().pace, plan::stdin_pace::streaming);
  once["stdin_streaming"] = "cut";
  EXPECT_FALSE(in_dialect(what, once));  // one chunk, and no more ever
}

TEST(DialectRules, rule_out_streaming_where_stdin_is_granted_chunk_by_chunk) {
  plan::plan what = left_by(op_kind::go, {"cat"});
  what.clients[0].expect = {};
  what.clients[0].stdin_from = plan::stdin_source::flood;
  EXPECT_FALSE(in_dialect(what, java()));
}

TEST(DialectRules, give_an_unknown_command_the_exit_code_of_the_dialect) {
  plan::plan what = left_by(op_kind::go, {});
  what.clients[0].command = {"nobody"};
  what.clients[0].expect = {.ends = ending::refused, .exit_code = 127};
  EXPECT_EQ(in_dialect(what, java())->clients[0].expect.exit_code, 899);
}

TEST(DialectRules, want_the_name_of_an_unknown_command_only_where_that_is_promised) {
  plan::plan what = left_by(op_kind::send, {});
  what.clients[0].header = false;
  what.clients[0].expect = {.ends = ending::refused, .exit_code = 127, .stderr_contains = "none"};
  EXPECT_EQ(in_dialect(what, java())->clients[0].expect.stderr_contains, "none");
  dialect speaks = naild_dialect();
  speaks["unknown_command_text"] = "any";
  const auto fitted = in_dialect(what, speaks);
  EXPECT_FALSE(fitted->clients[0].expect.stderr_contains);
  EXPECT_EQ(fitted->clients[0].expect.ends, ending::refused);
}

TEST(DialectRules, expect_a_run_where_its_header_is_tolerated) {
  plan::plan what = left_by(op_kind::go, {"exit 3"});
  what.clients[0].working_dir.clear();
  what.clients[0].expect = {.ends = ending::refused, .exit_code = 1};
  EXPECT_EQ(in_dialect(what, java())->clients[0].expect, plan::expectation{});
}

TEST(DialectRules, rule_out_a_code_that_a_process_cannot_end_with) {
  dialect speaks = naild_dialect();
  speaks["exit_codes"] = "byte";
  for (const char* code : {"exit 256", "exit -1"}) {
    plan::plan what = left_by(op_kind::go, {code});
    what.clients[0].expect = {};
    EXPECT_FALSE(in_dialect(what, speaks)) << code;
  }
  plan::plan what = left_by(op_kind::go, {"exit 255"});
  what.clients[0].expect = {};
  EXPECT_EQ(in_dialect(what, speaks), what);
}

TEST(DialectRules, name_the_value_that_a_case_needs_and_the_dialect_has_not) {
  EXPECT_EQ(differs({{"half_close", "cancel"}}, java()), "the dialect has half_close = eof, the case needs cancel");
  EXPECT_EQ(differs({{"half_close", "eof"}}, java()), "");
}

}  // namespace
}  // namespace nailbiter::scenario
