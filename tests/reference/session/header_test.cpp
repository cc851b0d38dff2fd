#include "reference/session/header.hpp"

#include <gtest/gtest.h>

#include "tests/reference/session/conversation_support.hpp"

namespace naild::session {

namespace {

using actions = std::vector<action>;
using enum action_kind;

const action read_no_more{.kind = stop_reading};

actions rejected(base::bytes reason) {
  return {{.kind = send_stderr, .payload = "naild: " + reason + "\n"}, {.kind = send_exit, .number = 1}, read_no_more};
}

TEST(Header, refuses_a_nul_byte_anywhere) {
  const base::bytes bad("/a=\0b", 5);
  EXPECT_EQ(conversation().tell(event_kind::argument, bad), rejected("an argument contains a NUL byte"));
  EXPECT_EQ(conversation().tell(event_kind::environment, bad), rejected("an environment variable contains a NUL byte"));
  EXPECT_EQ(conversation().tell(event_kind::working_dir, bad), rejected("the working directory contains a NUL byte"));
  conversation talk;
  talk.tell(event_kind::working_dir, "/");
  EXPECT_EQ(talk.tell(event_kind::command, bad), rejected("the command contains a NUL byte"));
}

TEST(Header, refuses_a_variable_without_equals) {
  EXPECT_EQ(conversation().tell(event_kind::environment, "key"), rejected("an environment variable has no '='"));
}

TEST(Header, refuses_a_command_without_an_absolute_working_dir) {
  EXPECT_EQ(conversation().tell(event_kind::command, "x"), rejected("the working directory is missing"));
  conversation talk;
  talk.tell(event_kind::working_dir, "tmp");
  EXPECT_EQ(talk.tell(event_kind::command, "x"), rejected("the working directory is not absolute"));
}

TEST(Header, holds_its_limits_exactly) {
  const limits small{.header_bytes_max = 40, .args_max = 2, .env_max = 1};
  conversation arguments(small);
  EXPECT_TRUE(arguments.tell(event_kind::argument, "1").empty());
  EXPECT_TRUE(arguments.tell(event_kind::argument, "2").empty());
  EXPECT_EQ(arguments.tell(event_kind::argument, "3"), rejected("more arguments than args_max"));
  conversation variables(small);
  EXPECT_TRUE(variables.tell(event_kind::environment, "a=").empty());
  EXPECT_EQ(variables.tell(event_kind::environment, "a="), rejected("more environment variables than env_max"));
  conversation bytes(small);
  EXPECT_TRUE(bytes.tell(event_kind::argument, base::bytes(35, 'x')).empty());
  EXPECT_EQ(bytes.tell(event_kind::heartbeat), rejected("the header is longer than header_bytes_max"));
}

TEST(Header, accepts_a_heartbeat_and_refuses_stdin) {
  conversation talk;
  EXPECT_TRUE(talk.tell(event_kind::heartbeat).empty());
  EXPECT_EQ(talk.tell(event_kind::stdin_data, "x"), rejected("stdin came before it was asked for"));
}

}  // namespace
}  // namespace naild::session
