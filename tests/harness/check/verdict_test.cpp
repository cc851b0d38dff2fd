#include "harness/check/verdict.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace nailbiter::check {
namespace {

verdict with(outcome result, const char* name) { return {result, name, reason::none, {}, {}}; }

TEST(Summary, is_the_first_failure) {
  EXPECT_EQ(summary({with(outcome::pass, "a"), with(outcome::unknown, "b"), with(outcome::fail, "c"),
                     with(outcome::fail, "d")})
                .checker,
            "c");
}

TEST(Summary, is_a_leak_before_any_other_failure) {
  verdict leak = with(outcome::fail, "b");
  leak.why = reason::foreign_bytes;
  EXPECT_EQ(summary({with(outcome::fail, "a"), leak}).checker, "b");
}

TEST(Summary, is_unknown_before_it_is_a_pass) {
  EXPECT_EQ(summary({with(outcome::pass, "a"), with(outcome::unknown, "b")}).checker, "b");
}

TEST(Summary, is_not_exercised_when_nothing_was) {
  EXPECT_EQ(summary({with(outcome::not_exercised, "a")}).result, outcome::not_exercised);
  EXPECT_EQ(summary({}).result, outcome::not_exercised);
}

TEST(Reasons, have_texts_of_their_own) {
  std::set<std::string> texts;
  int count = 0;
  for (auto why = reason::none; why <= reason::deadline; why = static_cast<reason>(static_cast<int>(why) + 1), ++count)
    texts.insert(describe(why));
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(count));
}

TEST(Reasons, that_tell_of_another_session_are_leaks) {
  EXPECT_TRUE(is_leak(reason::foreign_bytes));
  EXPECT_TRUE(is_leak(reason::cancelled_for_another));
  EXPECT_FALSE(is_leak(reason::output_lost));
}

}  // namespace
}  // namespace nailbiter::check
