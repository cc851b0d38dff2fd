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
