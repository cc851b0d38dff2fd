#include "harness/report/campaign.hpp"

#include <gtest/gtest.h>

#include "tests/harness/report/sample_campaign_support.hpp"

namespace nailbiter::report {
namespace {

TEST(Campaign, counts_a_known_failure_apart) {
  const auto sum = tally(sample_campaign());
  EXPECT_EQ(sum.cases, 6u);
  EXPECT_EQ(sum.pass, 2u);
  EXPECT_EQ(sum.fail, 1u);
  EXPECT_EQ(sum.unknown, 1u);
  EXPECT_EQ(sum.not_exercised, 1u);
  EXPECT_EQ(sum.known, 1u);
  EXPECT_EQ(sum.unexpected_pass, 1u);
}

TEST(Campaign, splits_an_id_at_its_first_slash) {
  EXPECT_EQ(family_of("cancel/full[path=/a/b]"), "cancel");
  EXPECT_EQ(rest_of("cancel/full[path=/a/b]"), "full[path=/a/b]");
}

TEST(Campaign, gives_an_id_without_family_a_family) {
  EXPECT_EQ(family_of("alone"), "general");
  EXPECT_EQ(rest_of("alone"), "alone");
}

TEST(Campaign, keeps_the_witness_of_a_failure_as_text) {
  target::case_result result;
  result.observed.what.case_id = "exit/late";
  result.observed.what.clients.push_back({.name = "a"});
  result.observed.events.push_back({.kind = history::event_kind::received_chunk, .actor = 0, .time_ns = 1'500'000, .type = '2', .text = "late\n"});
  result.summary = {.result = check::outcome::fail, .checker = "framing", .why = check::reason::chunk_after_exit, .witness = {0}};
  const auto record = record_of(result);
  EXPECT_NE(record.witness.find("late"), std::string::npos);
}

target::case_result result_of(check::reason why, std::string log) {
  target::case_result result;
  result.observed.events = {{history::event_kind::received_end, 0, 1'000}};
  result.summary = {.result = check::outcome::fail, .checker = "exit", .why = why, .detail = {}, .witness = {0}};
  result.verdicts = {result.summary};
  result.daemon_log = std::move(log);
  return result;
}

TEST(Campaign, lets_the_log_speak_where_the_daemon_has_not) {
  const auto record = record_of(result_of(check::reason::exit_code_lost, "1\n2\n3\n4\n5\n6 \x01\n7\n"));
  EXPECT_TRUE(record.witness.ends_with("received_end\nthe daemon's log ends with:\n3\n4\n5\n6 \\x01\n7\n")) << record.witness;
  EXPECT_TRUE(record_of(result_of(check::reason::exit_code_lost, "7")).witness.ends_with("with:\n7\n"));
}

TEST(Campaign, strikes_the_secrets_of_a_run_out_of_its_log) {
  auto result = result_of(check::reason::daemon_ended, "token s3cret-of-a\n");
  result.observed.what.clients.push_back({.name = "a", .environment = {"TOKEN=s3cret-of-a"}});
  const auto record = record_of(result);
  EXPECT_NE(record.witness.find("with:\ntoken "), record.witness.npos) << record.witness;
  EXPECT_EQ(record.witness.find("s3cret"), record.witness.npos) << record.witness;
}

TEST(Campaign, keeps_a_log_that_says_nothing_out_of_the_witness) {
  EXPECT_TRUE(record_of(result_of(check::reason::exit_code_lost, "\n")).witness.ends_with("received_end\n"));
  EXPECT_TRUE(record_of(result_of(check::reason::wrong_exit_code, "7\n")).witness.ends_with("received_end\n"));
}

}  // namespace
}  // namespace nailbiter::report
