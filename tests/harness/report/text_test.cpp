#include "harness/report/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nailbiter::report {
namespace {

TEST(Text, shows_bytes_that_do_not_print_as_escapes) { EXPECT_EQ(printable("a\n\"\x80", 10), "a\\n\\\"\\x80"); }

TEST(Text, says_where_it_was_cut) { EXPECT_EQ(printable("abcdef", 3), "abc..."); }

TEST(Text, makes_a_case_id_a_file_name) {
  EXPECT_EQ(file_safe("cancel/full[leave=close,transport=unix]"), "cancel.full-leave=close,transport=unix");
}

TEST(Text, never_makes_a_hidden_or_empty_name) {
  EXPECT_EQ(file_safe("../x").front(), '_');
  EXPECT_FALSE(file_safe("").empty());
}

TEST(Text, tells_ids_apart_whose_bytes_were_replaced) { EXPECT_NE(file_safe("a/b c"), file_safe("a/b_c")); }

RC_GTEST_PROP(Text, file_names_are_bounded_and_hold_no_separator, (const std::string& id)) {
  const auto name = file_safe(id);
  RC_ASSERT(!name.empty());
  RC_ASSERT(name.size() <= 180u);
  RC_ASSERT(name.find('/') == std::string::npos);
  RC_ASSERT(name.find('\0') == std::string::npos);
}

}  // namespace
}  // namespace nailbiter::report
