#include "harness/report/comparison.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/harness/report/sample_campaign_support.hpp"

namespace nailbiter::report {
namespace {

using check::outcome;

campaign of(std::vector<case_record> cases) { return {.target = "t", .cases = std::move(cases)}; }

change only(const campaign& before, const campaign& after) {
  const auto changes = compare(before, after);
  EXPECT_EQ(changes.size(), 1u);
  return changes.empty() ? change{} : changes.front();
}

TEST(Comparison, finds_nothing_between_a_campaign_and_itself) { EXPECT_TRUE(compare(sample_campaign(), sample_campaign()).empty()); }

TEST(Comparison, calls_a_pass_that_fails_broken_and_worse) {
  const auto found = only(of({sample_case("a", outcome::pass)}), of({sample_case("a", outcome::fail)}));
  EXPECT_EQ(found.kind, change_kind::broken);
  EXPECT_TRUE(found.worse);
  EXPECT_EQ(found.after, "fail: framing: chunk after X");
}

TEST(Comparison, calls_the_other_direction_fixed) {
  const auto found = only(of({sample_case("a", outcome::fail)}), of({sample_case("a", outcome::pass)}));
  EXPECT_EQ(found.kind, change_kind::fixed);
  EXPECT_FALSE(found.worse);
}

TEST(Comparison, takes_the_worst_of_repetitions) {
  const auto found = only(of({sample_case("a", outcome::pass), sample_case("a", outcome::pass)}),
                          of({sample_case("a", outcome::pass), sample_case("a", outcome::fail)}));
  EXPECT_EQ(found.kind, change_kind::broken);
}

TEST(Comparison, tells_a_leak_from_another_reason) {
  auto other = sample_case("a", outcome::fail);
  other.summary.why = check::reason::no_exit;
  EXPECT_FALSE(only(of({sample_case("a", outcome::fail)}), of({other})).worse);
  other.leak = true;
  EXPECT_TRUE(only(of({sample_case("a", outcome::fail)}), of({other})).worse);
}

TEST(Comparison, counts_a_new_failure_as_worse_and_a_lost_case_as_gone) {
  EXPECT_TRUE(only(of({}), of({sample_case("a", outcome::fail)})).worse);
  EXPECT_EQ(only(of({sample_case("a", outcome::pass)}), of({})).kind, change_kind::gone);
}

TEST(Comparison, does_not_let_a_case_fall_silent) {
  const auto found = only(of({sample_case("a", outcome::pass)}), of({sample_case("a", outcome::not_exercised)}));
  EXPECT_EQ(found.kind, change_kind::no_longer_run);
  EXPECT_TRUE(found.worse);
}

TEST(Comparison, says_the_same_as_text_and_json) {
  const auto changes = compare(of({sample_case("a", outcome::pass)}), of({sample_case("a", outcome::fail)}));
  EXPECT_NE(comparison_text(changes).find("worse: 1 broken\n"), std::string::npos);
  const auto value = nlohmann::json::parse(comparison_json(changes));
  EXPECT_EQ(value["worse"], true);
  EXPECT_EQ(value["changes"][0]["change"], "broken");
}

}  // namespace
}  // namespace nailbiter::report
