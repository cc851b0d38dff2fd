#include "harness/report/alike.hpp"

#include <gtest/gtest.h>

#include "tests/harness/report/sample_campaign_support.hpp"

namespace nailbiter::report {
namespace {

campaign failing_with(const std::vector<std::string>& details) {
  campaign all{.target = "t"};
  for (const auto& detail : details) {
    all.cases.push_back(sample_case("exit/codes[code=" + std::to_string(all.cases.size()) + "]", check::outcome::fail));
    all.cases.back().summary.detail = detail;
  }
  return all;
}

TEST(Alike, begins_with_failures_and_ends_with_what_was_not_exercised) {
  std::vector<std::string_view> words;
  for (const auto& group : rows_by_urgency({sample_campaign()})) words.push_back(group.word);
  EXPECT_EQ(words, (std::vector<std::string_view>{"fail", "unexpected", "unknown", "known", "pass", "not-exercised"}));
}

TEST(Alike, puts_failures_together_that_differ_in_numbers_only) {
  const auto groups = rows_by_urgency({failing_with({"X 7 where 3 was owed", "X 12 where 4 was owed", "X without a number"})});
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].rows.size(), 2u);
  EXPECT_EQ(groups[1].rows.front().id, "exit/codes[code=2]");
}

TEST(Alike, keeps_apart_what_fails_otherwise) {
  auto all = failing_with({"same", "same", "same", "same", "same"});
  all.cases[1].summary.checker = "exit";
  all.cases[2].summary.why = check::reason::two_exits;
  all.cases[3].requires_ids = {"I2"};
  all.cases[4].against_known = standing::known;
  EXPECT_EQ(rows_by_urgency({all}).size(), 5u);
}

TEST(Alike, leaves_passes_alone) {
  campaign all{.target = "t"};
  for (const auto* id : {"a/b", "a/c"}) all.cases.push_back(sample_case(id, check::outcome::pass));
  EXPECT_EQ(rows_by_urgency({all}).size(), 2u);
}

TEST(Alike, is_so_in_every_column_and_knows_what_differs_between_them) {
  const auto before = failing_with({"X 1", "X 2"});
  auto after = before;
  after.cases[1].summary.result = check::outcome::pass;
  const auto groups = rows_by_urgency({before, after});
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_FALSE(groups[0].rows.front().differs);
  EXPECT_TRUE(groups[1].rows.front().differs);
}

}  // namespace
}  // namespace nailbiter::report
