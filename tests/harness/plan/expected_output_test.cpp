#include "harness/plan/expected_output.hpp"

#include <gtest/gtest.h>

namespace nailbiter::plan {
namespace {

TEST(ExpectedOutput, texts_go_to_their_streams_and_the_exit_code_is_the_scripts) {
  const auto expected =
      expected_of({.name = "a", .script = {"out hello\\n", "err x", "barrier all", "exit -1", "out late"}});
  EXPECT_EQ(expected.out.text, "hello\n");
  EXPECT_EQ(expected.err.text, "x");
  EXPECT_EQ(expected.exit_code, -1);
}

TEST(ExpectedOutput, a_script_that_just_ends_exits_with_0) {
  EXPECT_EQ(expected_of({.name = "a", .script = {"wait t"}}).exit_code, 0);
}

TEST(ExpectedOutput, a_hanging_script_has_no_exit_code_and_no_more_output) {
  const auto expected = expected_of({.name = "a", .script = {"out x", "hang", "out y", "exit 3"}});
  EXPECT_EQ(expected.out.text, "x");
  EXPECT_EQ(expected.exit_code, std::nullopt);
  EXPECT_EQ(first_difference("xy", expected.out), 1u);
}

TEST(ExpectedOutput, the_environment_is_what_was_sent_without_the_harness_own) {
  const auto expected =
      expected_of({.name = "a",
                   .script = {"env B", "env NONE", "envall"},
                   .environment = {"B=1", "A=\xff", "NAILBITER_RUN=a", "NAILGUN_TTY_0=0", "B=x=y", "C="}});
  EXPECT_EQ(expected.out.text, "x=y\n<unset>\nA=\\xff\nB=x=y\nC=\n");
}

TEST(ExpectedOutput, own_values_change_what_the_run_sees_of_itself) {
  const auto expected =
      expected_of({.name = "a", .script = {"cwd", "chdir /tmp", "cwd", "setenv V 1", "env V", "close 1", "cwd"}});
  EXPECT_EQ(expected.out.text, "/\n/tmp\n1\n");
}

TEST(ExpectedOutput, a_run_value_is_what_the_run_itself_set_last) {
  const auto expected = expected_of({.name = "a", .script = {"umask", "umask 077", "locale C", "umask 027", "umask", "locale"}});
  EXPECT_EQ(expected.out.text, "<unset>\n027\nC\n");
}

TEST(ExpectedOutput, arguments_are_the_script_itself_escaped) {
  EXPECT_EQ(expected_of({.name = "a", .script = {"args", "err \\n"}}).out.text, "args\nerr \\\\n\n");
}

TEST(ExpectedOutput, cat_copies_what_read_left_of_stdin) {
  client who{.name = "a", .script = {"read 2", "cat", "exit 4"}};
  who.stdin_from = stdin_source::text;
  who.stdin_text = "hello";
  EXPECT_EQ(expected_of(who).out.text, "llo");
  EXPECT_EQ(expected_of(who).exit_code, 4);
  who.stdin_from = stdin_source::none;
  EXPECT_EQ(expected_of(who).exit_code, std::nullopt);
}

TEST(ExpectedOutput, a_flooded_cat_is_endless_and_its_bytes_are_known) {
  client who{.name = "a", .script = {"out >", "cat"}};
  who.stdin_from = stdin_source::flood;
  const produced stream = expected_of(who).out;
  EXPECT_EQ(first_difference(">" + stdin_bytes(who, 1000), stream), std::nullopt);
  EXPECT_EQ(first_difference(">" + stdin_bytes(who, 100) + "!", stream), 101u);
  EXPECT_FALSE(is_whole(">" + stdin_bytes(who, 1000), stream));
}

TEST(ExpectedOutput, a_run_without_a_script_and_ops_that_are_not_modelled_leave_it_open) {
  EXPECT_TRUE(expected_of({.name = "a", .command = {"exec", "/bin/true"}}).out.open);
  const auto unmodelled = expected_of({.name = "a", .script = {"out x", "dance k", "exit 3"}});
  EXPECT_TRUE(unmodelled.out.open);
  EXPECT_EQ(unmodelled.out.text, "x");
  EXPECT_EQ(unmodelled.exit_code, std::nullopt);
}

TEST(ExpectedOutput, options_and_results_are_those_of_the_run) {
  const auto expected = expected_of(
      {.name = "a", .script = {"option level", "option none", "memo k"}, .environment = {"NAILBITER_OPTION_level=debug"}});
  EXPECT_EQ(expected.out.text, "debug\n<unset>\nk of a\n");
}

TEST(ExpectedOutput, a_log_goes_to_stderr_but_while_the_run_has_a_file) {
  const auto expected = expected_of(
      {.name = "a", .script = {"log debug 1", "log info 2", "logfile", "loglevel error", "log info 3", "log error 4", "out x\\n", "logged", "log error 5"}});
  EXPECT_EQ(expected.err.text, "[info] 2\n[error] 5\n");
  EXPECT_EQ(expected.out.text, "x\n[error] 4\n");
}

TEST(ExpectedOutput, what_a_daemon_says_of_an_exception_is_its_own) {
  const auto expected = expected_of({.name = "a", .script = {"err x", "throw y", "err z"}});
  EXPECT_EQ(expected.err.text, "x");
  EXPECT_TRUE(expected.err.open);
  EXPECT_FALSE(expected.out.open);
  EXPECT_EQ(expected.exit_code, 70);
}

TEST(ExpectedOutput, orders_from_the_client_leave_it_open) {
  client who{.name = "a", .script = {"out x", "hang"}};
  who.ops.push_back({.kind = op_kind::order, .text = "out y"});
  EXPECT_EQ(first_difference("xy", expected_of(who).out), std::nullopt);
}

TEST(ExpectedOutput, a_prefix_differs_nowhere_but_is_not_whole) {
  const auto out = expected_of({.name = "a", .script = {"stream 1 1048576"}}).out;
  const std::string all = stream_bytes({.run = "a", .fd = 1}, 1048576);
  EXPECT_EQ(first_difference(std::string_view(all).substr(0, 5000), out), std::nullopt);
  EXPECT_FALSE(is_whole(std::string_view(all).substr(0, 5000), out));
  EXPECT_TRUE(is_whole(all, out));
  EXPECT_EQ(first_difference(all + "x", out), all.size());
}

}  // namespace
}  // namespace nailbiter::plan
