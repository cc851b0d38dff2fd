#include "harness/plan/c_escape.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::plan {
namespace {

TEST(CEscape, bytes_that_are_no_text_are_written_with_two_digits) {
  EXPECT_EQ(escaped(std::string("a\xff\0\n\\", 5)), "a\\xff\\x00\\n\\\\");
}

TEST(CEscape, a_cut_or_unknown_escape_is_refused) {
  EXPECT_EQ(unescaped("x\\"), std::nullopt);
  EXPECT_EQ(unescaped("\\x4"), std::nullopt);
  EXPECT_EQ(unescaped("\\q"), std::nullopt);
}

RC_GTEST_PROP(CEscape, gives_any_bytes_back, (const std::string& bytes)) {
  RC_ASSERT(unescaped(escaped(bytes)) == std::optional(bytes));
}

}  // namespace
}  // namespace nailbiter::plan
