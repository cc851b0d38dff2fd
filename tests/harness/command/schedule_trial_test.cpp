#include "harness/command/schedule_trial.hpp"

#include <gtest/gtest.h>

#include "harness/command/build_identity.hpp"
#include "tests/harness/command/planted_race_support.hpp"

namespace nailbiter::command {
namespace {

explore::schedule failing_schedule(const plan::plan& what) {
  const auto record = explore::parse_schedule(support::first_failure(what).schedule);
  return record.value_or(explore::schedule{});
}

TEST(Schedule_trial, on_the_same_code_follows_to_the_letter_and_fails_again) {
  const auto what = support::racing_plan();
  const auto tried = try_schedule(what, failing_schedule(what), support::racing_daemon());
  EXPECT_TRUE(tried.match.exact);
  EXPECT_EQ(tried.result.summary.result, check::outcome::fail);
  EXPECT_TRUE(to_string(tried).starts_with("the recorded schedule was followed to the letter")) << to_string(tried);
}

TEST(Schedule_trial, on_mended_code_claims_no_match_and_says_how_much_did) {
  const auto what = support::racing_plan();
  const auto tried = try_schedule(what, failing_schedule(what));
  EXPECT_FALSE(tried.match.exact);
  EXPECT_EQ(tried.result.summary.result, check::outcome::pass);
  EXPECT_GE(tried.match.percent(), 50u) << to_string(tried);
  EXPECT_LT(tried.match.percent(), 100u);
  EXPECT_TRUE(to_string(tried).ends_with("this is another execution; it passes")) << to_string(tried);
}

TEST(Build_identity, names_sources_and_build_apart) {
  EXPECT_EQ(source_hash().size(), 16u);
  EXPECT_NE(source_hash(), build_hash());
  EXPECT_EQ(build_hash(), build_hash());
}

}  // namespace
}  // namespace nailbiter::command
