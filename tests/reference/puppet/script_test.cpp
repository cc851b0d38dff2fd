#include "reference/puppet/script.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reference/puppet/escape.hpp"

namespace naild::puppet {
namespace {

TEST(Script, takes_all_that_is_left_as_text_with_escapes) {
  EXPECT_EQ(parse_op("out a  b\\n\\x41"), (op{.kind = op_kind::out, .text = "a  b\nA"}));
}

TEST(Script, reads_numbers_and_descriptors) {
  EXPECT_EQ(parse_op("exit -15"), (op{.kind = op_kind::exit, .number = -15}));
  EXPECT_EQ(parse_op("stream 2 65536"), (op{.kind = op_kind::stream, .count = 65536, .number = 2}));
}

TEST(Script, asks_for_options_and_results_by_name) {
  EXPECT_EQ(parse_op("option level"), (op{.kind = op_kind::option, .text = "level"}));
  EXPECT_EQ(parse_op("memo key"), (op{.kind = op_kind::memo, .text = "key"}));
}

TEST(Script, refuses_what_it_cannot_perform_and_says_what_is_accepted) {
  for (const char* bad : {"", "dance", "exit", "exit x", "exit 99999999999", "stream 3 1", "stream 1", "wait", "out \\q",
                          "cat 1", "close 3", "read -1", "setenv A=B c"}) {
    const auto parsed = parse_op(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_NE(parsed.error().find("op '"), std::string::npos);
  }
}

TEST(Script, names_the_first_bad_op_of_several) {
  const std::vector<base::bytes> script{"out a", "exit x", "dance"};
  EXPECT_EQ(parse_script(script).error(), "bad op 'exit x': use 'exit CODE'");
}

RC_GTEST_PROP(Script, escapes_are_printable_and_read_back, (const std::string& raw)) {
  const base::bytes text = escaped(raw);
  for (const char each : text) RC_ASSERT(each >= ' ' && each <= '~');
  RC_ASSERT(unescaped(text) == raw);
}

}  // namespace
}  // namespace naild::puppet
