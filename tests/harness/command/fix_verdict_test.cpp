#include "harness/command/fix_verdict.hpp"

#include <gtest/gtest.h>

namespace nailbiter::command {
namespace {

const report::stored_verdict wanted{.id = "a", .verdict = "fail", .checker = "framing", .reason = "two exits"};

measurement measured(int failures, int passes, int others = 0, int unknown = 0) {
  measurement seen(wanted);
  const auto add = [&](int count, check::verdict how) {
    for (int i = 0; i < count; ++i) {
      target::case_result one;
      one.summary = how;
      seen.add(std::move(one));
    }
  };
  add(failures, {.result = check::outcome::fail, .checker = "framing", .why = check::reason::two_exits});
  add(passes, {.result = check::outcome::pass});
  add(others, {.result = check::outcome::fail, .checker = "liveness", .why = check::reason::no_exit});
  add(unknown, {.result = check::outcome::unknown, .checker = "target", .detail = "it does not start"});
  return seen;
}

std::optional<report::seen_rate> before(std::uint64_t failures, std::uint64_t runs) {
  return report::seen_rate{.seen = {.failures = failures, .runs = runs}, .where = "naild, live"};
}

TEST(Measurement, counts_only_the_same_failure_and_only_runs_with_a_verdict) {
  const auto seen = measured(2, 5, 3, 4);
  EXPECT_EQ(seen.same(), (report::rate{.failures = 2, .runs = 10}));
  EXPECT_EQ(seen.without_verdict(), 4u);
  EXPECT_EQ(seen.text(2), report::to_string(seen.same()) + "\n  3 failed in another way: liveness: no exit\n"
                                                           "  4 more without a verdict, the first by target: it does not start\n");
  EXPECT_EQ(seen.first_failure()->summary.checker, "framing");
  EXPECT_EQ(measured(0, 1, 1).first_failure()->summary.checker, "liveness");
  EXPECT_EQ(measured(0, 1).first_failure(), nullptr);
}

TEST(Measurement, of_a_failure_without_a_verdict_counts_runs_without_one) {
  measurement seen({.id = "a", .verdict = "unknown", .checker = "target", .reason = "-"});
  target::case_result one;
  one.summary = {.result = check::outcome::unknown, .checker = "target"};
  const std::string reason = check::describe(one.summary.why);
  seen = measurement({.id = "a", .verdict = "unknown", .checker = "target", .reason = reason});
  seen.add(std::move(one));
  EXPECT_EQ(seen.same(), (report::rate{.failures = 1, .runs = 1}));
}

TEST(Fix_verdict, says_how_many_clean_runs_are_still_needed) {
  // 10 of 100: at least 5.52 % (Wilson), so 53 clean runs exclude it.
  EXPECT_EQ(runs_needed(before(10, 100)), 53u);
  const auto early = judge_fix(before(10, 100), measured(0, 40), "naild, live");
  EXPECT_EQ(early.state, fix_state::not_enough);
  EXPECT_EQ(early.runs_missing, 13u);
  EXPECT_NE(early.text.find("13 more clean runs are needed"), std::string::npos) << early.text;
  const auto done = judge_fix(before(10, 100), measured(0, 53), "naild, live");
  EXPECT_EQ(done.state, fix_state::gone);
  EXPECT_NE(done.text.find("fewer than 1 in 18 fail"), std::string::npos) << done.text;
}

TEST(Fix_verdict, claims_nothing_where_no_failure_was_seen_before) {
  for (const auto& from : {std::optional<report::seen_rate>(), before(0, 1000)}) {
    const auto said = judge_fix(from, measured(0, 1'000), "naild, live");
    EXPECT_EQ(said.state, fix_state::not_enough);
    EXPECT_EQ(said.runs_missing, 0u);
    EXPECT_NE(said.text.find("not known"), std::string::npos) << said.text;
  }
}

TEST(Fix_verdict, runs_without_a_verdict_are_no_clean_runs) {
  const auto said = judge_fix(before(90, 100), measured(0, 0, 0, 500), "naild, live");
  EXPECT_EQ(said.state, fix_state::not_enough);
  EXPECT_EQ(said.text.find("excluded"), std::string::npos) << said.text;
}

TEST(Fix_verdict, one_failure_is_one_too_many_and_rarer_is_said_only_of_apart_intervals) {
  const auto rarer = judge_fix(before(50, 100), measured(1, 99), "naild, live");
  EXPECT_EQ(rarer.state, fix_state::fails);
  EXPECT_NE(rarer.text.find("less often than before, and it still fails"), std::string::npos) << rarer.text;
  EXPECT_NE(judge_fix(before(5, 100), measured(1, 99), "naild, live").text.find("intervals overlap"), std::string::npos);
  EXPECT_NE(judge_fix(before(5, 100), measured(90, 10), "naild, live").text.find("more often than before"), std::string::npos);
}

TEST(Fix_verdict, another_failure_is_no_fix) {
  EXPECT_EQ(judge_fix(before(50, 100), measured(0, 99, 1), "naild, live").state, fix_state::differently);
}

}  // namespace
}  // namespace nailbiter::command
