#include "reference/puppet/control_message.hpp"

#include <gtest/gtest.h>

namespace naild::puppet {
namespace {

TEST(ControlMessage, writes_the_lines_that_the_harness_reads) {
  EXPECT_EQ(hello_line("a", 123), "{\"run\":\"a\",\"ev\":\"hello\",\"pid\":123}\n");
  EXPECT_EQ(at_line("a", "t\"1\n"), "{\"run\":\"a\",\"ev\":\"at\",\"token\":\"t\\\"1\\u000a\"}\n");
  EXPECT_EQ(exit_line("a", -1), "{\"run\":\"a\",\"ev\":\"exit\",\"code\":-1}\n");
}

TEST(ControlMessage, reads_the_three_orders) {
  EXPECT_EQ(std::get<go>(*parse_order("{\"go\":\"t1\"}")).token, "t1");
  EXPECT_EQ(std::get<perform>(*parse_order("{\"op\":\"out x\"}")).script_op, "out x");
  EXPECT_EQ(std::get<leave>(*parse_order("{\"exit\":-9}")).code, -9);
}

TEST(ControlMessage, refuses_anything_else) {
  for (const char* bad : {"", "{", "[]", "{}", "{\"go\":1}", "{\"exit\":\"1\"}", "{\"exit\":4294967296}", "{\"stop\":1}"}) {
    EXPECT_FALSE(parse_order(bad)) << bad;
  }
}

}  // namespace
}  // namespace naild::puppet
