#include "harness/actor/control_line.hpp"

#include <gtest/gtest.h>

namespace nailbiter::actor {
namespace {

TEST(ControlLine, reads_every_report_of_a_puppet) {
  EXPECT_EQ(parse_report(R"({"run":"a","ev":"hello","pid":123})"), (report{.kind = report_kind::hello, .run = "a", .number = 123}));
  EXPECT_EQ(parse_report(R"({"run":"a","ev":"at","token":"t1"})"), (report{.kind = report_kind::at, .run = "a", .text = "t1"}));
  EXPECT_EQ(parse_report(R"({"run":"a","ev":"barrier","name":"all"})"),
            (report{.kind = report_kind::barrier, .run = "a", .text = "all"}));
  EXPECT_EQ(parse_report(R"({"run":"a","ev":"exit","code":-7})"), (report{.kind = report_kind::exit, .run = "a", .number = -7}));
  EXPECT_EQ(parse_report(R"({"run":"a","ev":"cancelled"})"), (report{.kind = report_kind::cancelled, .run = "a"}));
}

TEST(ControlLine, refuses_what_is_no_report) {
  EXPECT_EQ(parse_report(""), std::nullopt);
  EXPECT_EQ(parse_report("[]"), std::nullopt);
  EXPECT_EQ(parse_report(R"({"run":"a"})"), std::nullopt);
  EXPECT_EQ(parse_report(R"({"run":"a","ev":"dance"})"), std::nullopt);
}

TEST(ControlLine, writes_each_order_on_one_line) {
  EXPECT_EQ(go_line("t1"), "{\"go\":\"t1\"}\n");
  EXPECT_EQ(op_line("out a\nb"), "{\"op\":\"out a\\nb\"}\n");
  EXPECT_EQ(op_line(R"(out "a\b")"), R"({"op":"out \"a\\b\""})"
                                     "\n");
  EXPECT_EQ(op_line("out \xff"), "{\"op\":\"out \xef\xbf\xbd\"}\n");  // no UTF-8: replaced
  EXPECT_EQ(exit_line(-70), "{\"exit\":-70}\n");
}

}  // namespace
}  // namespace nailbiter::actor
