#include "harness/report/html_report.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "tests/harness/report/sample_campaign_support.hpp"

namespace nailbiter::report {
namespace {

std::size_t count_of(const std::string& text, const char* pattern) {
  const std::regex wanted(pattern);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), wanted), {}));
}

case_evidence nothing(std::size_t, const case_record&) { return {}; }

case_evidence a_history(std::size_t, const case_record&) {
  case_evidence kept;
  kept.observed.emplace();
  kept.observed->what.requires_ids = {"I2"};
  kept.observed->what.clients.resize(1);
  kept.observed->what.clients[0].name = "<a>";
  kept.observed->events = {{history::event_kind::received_chunk, 0, 1'000, 'X', 1, "0"}};
  kept.wire_log = "a <- X\n";
  return kept;
}

TEST(Html_report, has_a_row_a_case_and_a_section_a_failure) {
  const auto page = html_report({sample_campaign()}, nothing);
  EXPECT_EQ(count_of(page, "<tr class=\"case\""), 6u);
  EXPECT_EQ(count_of(page, "<tr class=\"group\""), 6u);
  EXPECT_EQ(count_of(page, "<tr class=\"family\""), 2u);
  EXPECT_EQ(count_of(page, "<article class=\"case\""), 3u);
}

TEST(Html_report, puts_campaigns_side_by_side) {
  auto other = sample_campaign();
  other.cases.pop_back();
  const auto page = html_report({sample_campaign(), other}, nothing);
  EXPECT_EQ(count_of(page, "<tr class=\"case\""), 6u);
  EXPECT_EQ(count_of(page, "<article class=\"case\""), 6u);
  EXPECT_EQ(count_of(page, ">absent<"), 1u);
}

TEST(Html_report, shows_requirement_verdicts_drawing_history_and_wire_of_a_failure) {
  const auto page = html_report({sample_campaign()}, a_history);
  for (const auto* part : {"<strong>I2</strong> exactly one X", "class=\"verdicts\"", "<svg class=\"space-time\"", "class=\"history\"", "a &lt;- X",
                           "nailbiter replay out/r/exit/late"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
}

TEST(Html_report, says_first_what_was_run_and_what_came_of_it) {
  auto all = sample_campaign();
  all.seed = 7;
  all.begun = "2026-01-31 12:00:00 UTC";
  all.command_line = "nailbiter run 'exit/*'";
  const auto page = html_report({all}, nothing);
  const auto head = page.substr(0, page.find("class=\"matrix\""));
  for (const auto* part : {"daemon &lt;1&gt;: 6 cases: 2 passed, 1 failed, 1 unknown, 1 not exercised, 1 failed as known", "2026-01-31 12:00:00 UTC",
                           "seed 7", "<code>nailbiter run &apos;exit/*&apos;</code>"}) {
    EXPECT_NE(head.find(part), head.npos) << part << '\n' << head;
  }
}

TEST(Html_report, tells_a_defect_once_with_all_cases_that_show_it) {
  campaign all{.target = "t"};
  for (const auto* id : {"a/b[n=1]", "a/b[n=2]", "a/b[n=3]"}) all.cases.push_back(sample_case(id, check::outcome::fail));
  all.cases[0].title = "A title";
  const auto page = html_report({all}, nothing);
  EXPECT_EQ(count_of(page, "<tr class=\"case\""), 1u);
  EXPECT_EQ(count_of(page, "data-cases=\"3\""), 1u);
  EXPECT_EQ(count_of(page, "<article class=\"case\""), 1u);
  EXPECT_NE(page.find("3 cases alike, the first: a/b[n=1]"), page.npos);
  EXPECT_NE(page.find("<p class=\"title\">A title</p>"), page.npos);
  EXPECT_NE(page.find("nailbiter replay out/r/a/b[n=3]"), page.npos);
}

TEST(Html_report, opens_without_what_was_not_exercised_unless_that_is_all) {
  EXPECT_EQ(count_of(html_report({sample_campaign()}, nothing), "value=\"not-exercised\">"), 1u);
  campaign all{.target = "t"};
  all.cases.push_back(sample_case("a/b", check::outcome::not_exercised));
  EXPECT_EQ(count_of(html_report({all}, nothing), "value=\"not-exercised\" checked>"), 1u);
}

TEST(Html_report, opens_several_campaigns_on_what_differs) {
  auto other = sample_campaign();
  other.cases[0].summary.result = check::outcome::unknown;
  const auto page = html_report({sample_campaign(), other}, nothing);
  EXPECT_EQ(count_of(page, "name=\"unchanged\">"), 1u);
  EXPECT_EQ(count_of(page, "value=\"not-exercised\" checked>"), 1u);
  EXPECT_EQ(count_of(page, " data-differs "), 1u);
}

TEST(Html_report, needs_nothing_from_outside_and_escapes_names) {
  const auto page = html_report({sample_campaign()}, a_history);
  EXPECT_EQ(count_of(page, "(src|href)=\"(?!#)"), 0u);
  EXPECT_EQ(page.find("daemon <1>"), page.npos);
  EXPECT_EQ(page.find("<a></"), page.npos);
}

TEST(Html_report, names_the_rate_of_a_repeated_case) {
  campaign all{.target = "t", .cases = {}};
  all.cases.push_back(sample_case("a/b", check::outcome::pass));
  all.cases.push_back(sample_case("a/b", check::outcome::fail));
  const auto page = html_report({all}, nothing);
  EXPECT_EQ(count_of(page, "<tr class=\"case\""), 1u);
  EXPECT_NE(page.find("fail 1 of 2: chunk after X"), page.npos);
}

}  // namespace
}  // namespace nailbiter::report
