#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/console.hpp"
#include "harness/report/json_report.hpp"
#include "harness/report/junit.hpp"
#include "harness/report/markdown.hpp"
#include "harness/report/progress.hpp"
#include "harness/report/tap.hpp"
#include "tests/harness/report/sample_campaign_support.hpp"

namespace nailbiter::report {
namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(Junit, names_a_case_by_family_and_rest) {
  EXPECT_TRUE(contains(junit_xml(sample_campaign()), "classname=\"nailbiter.exit\" name=\"plain[transport=unix]\""));
}

TEST(Junit, counts_unknown_as_error_and_not_exercised_as_skipped) {
  const auto xml = junit_xml(sample_campaign());
  EXPECT_TRUE(contains(xml, "tests=\"6\" failures=\"2\" errors=\"1\" skipped=\"2\""));
  EXPECT_TRUE(contains(xml, "<error message="));
}

TEST(Junit, escapes_what_a_daemon_said) {
  const auto xml = junit_xml(sample_campaign());
  EXPECT_TRUE(contains(xml, "a &lt;&quot;2&quot;&gt; chunk &amp; \\x01 followed X"));
  EXPECT_FALSE(contains(xml, "\x01"));
}

TEST(Report_json, parses_and_names_every_verdict) {
  const auto value = nlohmann::json::parse(report_json(sample_campaign()));
  EXPECT_EQ(value["target"], "daemon <1>");
  EXPECT_EQ(value["counts"]["known"], 1);
  ASSERT_EQ(value["cases"].size(), 6u);
  EXPECT_EQ(value["cases"][3]["verdict"], "not-exercised");
}

TEST(Report_json, explains_a_failure_with_checker_reason_witness_and_replay) {
  const auto value = nlohmann::json::parse(report_json(sample_campaign()))["cases"][1];
  EXPECT_EQ(value["checker"], "framing");
  EXPECT_EQ(value["reason"], check::describe(check::reason::chunk_after_exit));
  EXPECT_EQ(value["witness"].size(), 2u);
  EXPECT_EQ(value["replay"], "nailbiter replay out/r/exit/late[transport=tcp]");
}

TEST(Report_json, replaces_bytes_that_are_no_utf8) {
  auto all = sample_campaign();
  all.cases[1].summary.detail = "\xff\xfe";
  EXPECT_TRUE(nlohmann::json::accept(report_json(all)));
}

TEST(Report_json, is_read_back_as_the_campaign_it_was) {
  auto all = sample_campaign();
  all.cases[1].leak = true;
  all.cases[1].upstream = {"#11641", "K13"};
  all.cases[1].requires_ids = {"I2", "F1"};
  all.cases[1].evidence = "seen";
  all.cases[1].title = "Late chunks";
  all.begun = "2026-01-31 12:00:00 UTC";
  all.command_line = "nailbiter run";
  all.stopped = "cannot start";
  all.musts = {.exercised = {"I1", "I2"}, .not_exercised = {"F1"}};
  const auto again = parse_report(report_json(all));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->target, all.target);
  EXPECT_EQ(tally(*again), tally(all));
  EXPECT_EQ(again->cases[1].summary, all.cases[1].summary);
  EXPECT_EQ(again->cases[1].witness, all.cases[1].witness);
  EXPECT_TRUE(again->cases[1].leak);
  EXPECT_EQ(again->cases[1].upstream, all.cases[1].upstream);
  EXPECT_EQ(again->cases[1].requires_ids, all.cases[1].requires_ids);
  EXPECT_EQ(again->cases[1].evidence, "seen");
  EXPECT_EQ(again->cases[1].title, "Late chunks");
  EXPECT_EQ(again->begun, all.begun);
  EXPECT_EQ(again->command_line, all.command_line);
  EXPECT_EQ(again->musts, all.musts);
  EXPECT_EQ(again->stopped, all.stopped);
}

TEST(Report_json, refuses_other_texts) {
  for (const auto* text : {"", "[]", "{}", "{\"cases\": 1}", "nonsense"}) EXPECT_FALSE(parse_report(text)) << text;
}

TEST(Report_json, counts_the_musts_when_they_are_known) {
  auto all = sample_campaign();
  EXPECT_FALSE(nlohmann::json::parse(report_json(all)).contains("musts"));
  all.musts = {.exercised = {"I1", "I2"}, .not_exercised = {"F1"}};
  const auto musts = nlohmann::json::parse(report_json(all))["musts"];
  EXPECT_EQ(musts["all"], 3);
  EXPECT_EQ(musts["exercised"], 2);
  EXPECT_EQ(musts["percent"], 66);
  EXPECT_EQ(musts["not-exercised-ids"], nlohmann::json{"F1"});
}

TEST(Tap, announces_as_many_lines_as_it_prints) {
  const auto text = tap(sample_campaign());
  EXPECT_TRUE(contains(text, "1..6\n"));
  EXPECT_TRUE(contains(text, "\nok 1 - exit/plain"));
  EXPECT_TRUE(contains(text, "\nnot ok 2 - exit/late"));
  EXPECT_TRUE(contains(text, "ok 4 - order/tty # SKIP"));
  EXPECT_TRUE(contains(text, "not ok 5 - order/known # TODO"));
  EXPECT_TRUE(contains(text, "not ok 6 - order/fixed"));
}

TEST(Markdown, has_a_row_for_each_family_and_each_failure) {
  const auto text = markdown(sample_campaign());
  EXPECT_TRUE(contains(text, "| exit | 2 | 1 | 1 | 0 | 0 | 0 |"));
  EXPECT_TRUE(contains(text, "| `exit/late[transport=tcp]` | fail |"));
  EXPECT_FALSE(contains(text, "order/known"));
}

TEST(Markdown, says_which_musts_were_not_exercised) {
  auto all = sample_campaign();
  EXPECT_FALSE(contains(markdown(all), "MUST"));
  all.musts = {.exercised = {"I1"}, .not_exercised = {"I2", "F1"}};
  EXPECT_TRUE(contains(markdown(all), "\nMUSTs exercised: 1 of 3 (33 %); not exercised: I2, F1\n"));
}

TEST(Console, counts_known_failures_in_a_column) {
  const auto text = console_report(sample_campaign(), colour::off);
  EXPECT_TRUE(contains(text, "family  cases   pass   fail  known  unknown  not exercised\n")) << text;
  EXPECT_TRUE(contains(text, "order       4      1      0      1        1              1\n")) << text;
}

TEST(Console, tells_the_musts_before_the_summary) {
  auto all = sample_campaign();
  all.musts = {.exercised = {"I1"}, .not_exercised = {"I2"}};
  EXPECT_TRUE(contains(console_report(all, colour::off), "\nMUSTs exercised: 1 of 2 (50 %)\n" + summary_line(all)));
}

TEST(Console, ends_with_the_summary_line) {
  const auto all = sample_campaign();
  const auto text = console_report(all, colour::off);
  EXPECT_TRUE(text.ends_with(summary_line(all) + "\n"));
  EXPECT_TRUE(contains(summary_line(all), "6 cases: 2 passed, 1 failed, 1 unknown, 1 not exercised, 1 failed as known"));
}

TEST(Console, prints_the_replay_line_of_a_failure) {
  EXPECT_TRUE(contains(console_report(sample_campaign(), colour::off), "  replay: nailbiter replay out/r/exit/late"));
}

TEST(Console, tells_a_failure_that_comes_again_once_and_how_often_it_came) {
  campaign all;
  for (int run = 0; run < 3; ++run) all.cases.push_back(sample_case("exit/late", check::outcome::fail));
  all.cases.push_back(sample_case("exit/late", check::outcome::pass));
  all.cases.push_back(sample_case("exit/late", check::outcome::fail));
  all.cases.back().summary.why = check::reason::two_exits;
  const auto text = console_report(all, colour::off);
  EXPECT_EQ(text.find("FAIL exit/late", text.find("FAIL exit/late") + 1), text.rfind("FAIL exit/late"));  // two, for two reasons
  EXPECT_TRUE(contains(text, "  rate: 3 of 5 ("));
  EXPECT_TRUE(contains(text, "  rate: 1 of 5 ("));
}

TEST(Console, names_what_a_failure_was_upstream) {
  campaign all;
  all.cases.push_back(sample_case("exit/late", check::outcome::fail));
  EXPECT_FALSE(contains(console_report(all, colour::off), "upstream"));
  all.cases.back().upstream = {"#11641", "K13"};
  EXPECT_TRUE(contains(console_report(all, colour::off), "  upstream: #11641 K13\n"));
}

TEST(Console, counts_the_reasons_of_what_was_not_exercised) {
  auto all = sample_campaign();
  for (const char* reason : {"no tty", "no tcp", "no tcp"}) {
    all.cases.push_back(sample_case("order/more", check::outcome::not_exercised));
    all.cases.back().summary.detail = reason;
  }
  const auto text = console_report(all, colour::off);
  const auto common = text.find("     2  no tcp\n");
  const auto rare = text.find("     1  no tty\n");
  ASSERT_NE(common, text.npos);
  ASSERT_NE(rare, text.npos);
  EXPECT_LT(common, rare);
}

TEST(Console, has_no_list_of_reasons_when_all_was_exercised) {
  auto all = sample_campaign();
  std::erase_if(all.cases, [](const auto& one) { return one.summary.result == check::outcome::not_exercised; });
  EXPECT_FALSE(contains(console_report(all, colour::off), "not exercised:\n"));
}

campaign repeated_campaign() {
  campaign all{.target = "daemon", .cases = {}};
  for (int i = 0; i < 3; ++i) {
    all.cases.push_back(sample_case("exit/some", i < 2 ? check::outcome::fail : check::outcome::pass));
    all.cases.push_back(sample_case("exit/plain", check::outcome::pass));
  }
  return all;
}

TEST(Report_json, has_the_rate_and_its_interval_of_what_was_repeated) {
  const auto rates = nlohmann::json::parse(report_json(repeated_campaign()))["rates"];
  ASSERT_EQ(rates.size(), 1u);
  EXPECT_EQ(rates[0]["id"], "exit/some");
  EXPECT_EQ(rates[0]["failures"], 2);
  EXPECT_EQ(rates[0]["runs"], 3);
  EXPECT_LT(rates[0]["low"], 2.0 / 3);
  EXPECT_GT(rates[0]["high"], 2.0 / 3);
  EXPECT_TRUE(nlohmann::json::parse(report_json(sample_campaign()))["rates"].empty());
}

TEST(Console, paints_only_when_told) {
  EXPECT_FALSE(contains(console_report(sample_campaign(), colour::off), "\x1b"));
  EXPECT_TRUE(contains(console_report(sample_campaign(), colour::on), "\x1b[31m"));
}

TEST(Progress, is_silent_where_nobody_watches) {
  std::FILE* file = std::tmpfile();
  {
    progress shown(file, watched::no, 2);
    shown.advance("exit/plain", false);
  }
  EXPECT_EQ(std::ftell(file), 0);
  std::fclose(file);
}

TEST(Progress, counts_done_and_failing) {
  std::FILE* file = std::tmpfile();
  progress shown(file, watched::yes, 2);
  shown.advance("exit/plain", true);
  EXPECT_EQ(shown.line("next"), "[1/2] 1 failing  next");
  shown.clear();
  std::fclose(file);
}

}  // namespace
}  // namespace nailbiter::report
