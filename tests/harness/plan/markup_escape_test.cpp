#include "harness/plan/markup_escape.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::plan {
namespace {

RC_GTEST_PROP(MarkupEscape, gives_printable_ascii_without_markup, (const std::string& text)) {
  for (const char byte : markup_escaped(text)) RC_ASSERT(byte >= 0x20 && byte < 0x7f && byte != '<' && byte != '"');
}

TEST(MarkupEscape, keeps_line_feeds_and_backslashes) { EXPECT_EQ(markup_escaped("a\\b\n<\x01>"), "a\\b&#10;&lt;\\x01&gt;"); }

}  // namespace
}  // namespace nailbiter::plan
