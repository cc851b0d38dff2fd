#include "harness/plan/op_text.hpp"

#include <gtest/gtest.h>

#include "harness/plan/op_table.hpp"

namespace nailbiter::plan {
namespace {

TEST(OpText, each_op_survives_its_own_text) {
  for (const op_row& row : op_table()) {
    op what{.kind = row.kind};
    if (row.takes == operand::word) what.text = "t1";
    if (row.takes == operand::bytes) what.text = std::string("A\0 b", 4);
    if (row.takes == operand::number) what.number = 1048576;
    EXPECT_EQ(parse_op(to_string(what)), what) << to_string(what);
  }
}

TEST(OpText, longer_words_win_over_shorter_ones) {
  EXPECT_EQ(parse_op("until stdin-sent 7")->kind, op_kind::until_stdin_sent);
  EXPECT_EQ(parse_op("send-chunk 0 abc"), (op{.kind = op_kind::send_chunk, .text = "0abc"}));
  EXPECT_EQ(parse_op("send 0 abc"), (op{.kind = op_kind::send, .text = "0 abc"}));
}

TEST(OpText, a_chunk_may_have_no_payload_and_any_type_byte) {
  EXPECT_EQ(parse_op("send-chunk ."), (op{.kind = op_kind::send_chunk, .text = "."}));
  EXPECT_EQ(parse_op("send-chunk \\xff x"), (op{.kind = op_kind::send_chunk, .text = "\xffx"}));
}

TEST(OpText, a_misspelt_op_is_told_the_nearest) {
  EXPECT_EQ(parse_op("half-clse").error(), "unknown op 'half-clse'; did you mean 'half-close'?");
}

TEST(OpText, missing_and_surplus_operands_are_refused) {
  EXPECT_FALSE(parse_op("go"));
  EXPECT_FALSE(parse_op("until stdout many"));
  EXPECT_FALSE(parse_op("close now"));
}

}  // namespace
}  // namespace nailbiter::plan
