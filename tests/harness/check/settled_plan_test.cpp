#include "harness/check/settled_plan.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/check/judge.hpp"

namespace nailbiter::check {
namespace {

using history::event;
using history::event_kind;
using plan::ending;

plan::plan one_client(ending how) {
  plan::client who{.name = "a", .script = {"out hello", "exit 5"}};
  who.expect = {.ends = how, .exit_code = 5, .stdout_is_prefix = true};
  return {.case_id = "settled", .clients = {who}};
}

const event connected{.kind = event_kind::connected};
const event header{.kind = event_kind::sent_header};
const event output{.kind = event_kind::received_chunk, .type = '1', .text = "hello"};
const event reason_text{.kind = event_kind::received_chunk, .type = '2', .text = "draining"};
const event ended{.kind = event_kind::received_end};

event exit_with(const char* code) { return {.kind = event_kind::received_chunk, .type = 'X', .text = code}; }

ending settled_ending_of(ending how, std::vector<event> events) {
  const history::history observed{.what = one_client(how), .events = std::move(events)};
  return settled(observed.what, observed).clients[0].expect.ends;
}

TEST(SettledPlan, whoever_was_served_exits) {
  EXPECT_EQ(settled_ending_of(ending::served_or_refused, {connected, header, output, exit_with("5"), ended}), ending::exits);
  EXPECT_EQ(settled_ending_of(ending::served_or_refused, {connected, header, {.kind = event_kind::run_hello}, ended}), ending::exits);
}

TEST(SettledPlan, whoever_found_nobody_is_owed_nothing) {
  EXPECT_EQ(settled_ending_of(ending::served_or_refused, {{.kind = event_kind::connect_failed}}), ending::no_answer);
  EXPECT_EQ(settled_ending_of(ending::turned_away, {connected, header, ended}), ending::no_answer);
}

TEST(SettledPlan, an_answer_without_a_run_is_a_refusal) {
  EXPECT_EQ(settled_ending_of(ending::served_or_refused, {connected, header, reason_text, exit_with("75"), ended}), ending::refused);
  EXPECT_EQ(settled_ending_of(ending::turned_away, {connected, header, output, exit_with("5"), ended}), ending::refused);
}

TEST(SettledPlan, a_run_without_output_is_known_by_its_code) {
  EXPECT_EQ(settled_ending_of(ending::served_or_refused, {connected, header, exit_with("5"), ended}), ending::exits);
}

TEST(SettledPlan, an_answer_that_has_begun_is_owed_its_exit) {
  const history::history cut{.what = one_client(ending::served_or_refused), .events = {connected, header, reason_text, ended}};
  EXPECT_EQ(summary(judge(cut)).why, reason::exit_code_lost);
}

TEST(SettledPlan, whoever_is_never_answered_is_owed_one) {
  EXPECT_EQ(settled_ending_of(ending::served_or_refused, {connected, header}), ending::refused);
}

// Half served is neither: its output and its exit are due once it has begun.
TEST(SettledPlan, whoever_was_served_is_owed_all_of_it) {
  const history::history cut{.what = one_client(ending::served_or_refused),
                             .events = {connected, header, {.kind = event_kind::run_hello}, {.kind = event_kind::received_chunk, .type = '1', .text = "he"},
                                        exit_with("5"), ended}};
  EXPECT_EQ(summary(judge(cut)).why, reason::output_lost);
}

TEST(SettledPlan, whoever_should_have_been_turned_away_and_was_served_fails) {
  const history::history served{.what = one_client(ending::turned_away), .events = {connected, header, output, exit_with("0"), ended}};
  EXPECT_EQ(summary(judge(served)).why, reason::wrong_exit_code);
}

TEST(Exit, a_wrong_code_that_is_another_clients_says_whose_it_is) {
  history::history observed{.what = one_client(ending::exits), .events = {}};
  plan::client other{.name = "b", .script = {"exit 6"}};
  observed.what.clients.push_back(other);
  observed.events = {connected, header, output, exit_with("6"), ended};
  EXPECT_EQ(summary(judge(observed)).detail, "\"a\": `X` 6, the code of \"b\", expected 5");
  observed.what.clients.push_back({.name = "c", .script = {"exit 6"}});
  EXPECT_EQ(summary(judge(observed)).detail, "\"a\": `X` 6, expected 5") << "two have it: nobody's";
}

}  // namespace
}  // namespace nailbiter::check
