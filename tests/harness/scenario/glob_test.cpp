#include "harness/scenario/glob.hpp"

#include <gtest/gtest.h>

namespace nailbiter::scenario {
namespace {

TEST(Glob, a_star_stands_for_any_text_also_for_none) {
  EXPECT_TRUE(matches_glob("out*/slow*", "output/slow-reader"));
  EXPECT_TRUE(matches_glob("*a*b", "aab"));
  EXPECT_TRUE(matches_glob("ab*", "ab"));
  EXPECT_FALSE(matches_glob("ab", "abc"));
  EXPECT_FALSE(matches_glob("*b", "abc"));
}

TEST(Glob, a_bare_name_selects_all_cases_of_its_scenario) {
  EXPECT_TRUE(matches_case("cancel/stdin-full", "cancel/stdin-full[leave=close]"));
  EXPECT_FALSE(matches_case("cancel/stdin", "cancel/stdin-full[leave=close]"));
}

TEST(Glob, conditions_are_met_in_any_order_and_others_are_free) {
  const std::string_view id = "output/slow[bytes=4096,transport=tcp]";
  EXPECT_TRUE(matches_case("output/slow*[transport=tcp]", id));
  EXPECT_TRUE(matches_case("output/slow[transport=tcp,bytes=40*]", id));
  EXPECT_TRUE(matches_case(id, id));
  EXPECT_FALSE(matches_case("output/slow[transport=unix]", id));
  EXPECT_FALSE(matches_case("output/slow[byte=4096]", id));
  EXPECT_FALSE(matches_case("output/slow[transport=tcp]", "output/slow"));
}

TEST(Glob, no_pattern_selects_everything) { EXPECT_TRUE(matches_any({}, "a/b")); }

}  // namespace
}  // namespace nailbiter::scenario
