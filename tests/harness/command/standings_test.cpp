#include "harness/command/standings.hpp"

#include <gtest/gtest.h>

namespace nailbiter::command {
namespace {

using check::outcome;
using report::standing;

const std::vector<scenario::known_failure>& sometimes() {
  static const std::vector<scenario::known_failure> known{
      {.pattern = "x/some", .checker = "exit", .reason = check::describe(check::reason::chunk_after_exit), .evidence = "twice", .rate = scenario::failure_rate{0.3, 0.6}}};
  return known;
}

/// `runs` runs of one case, of which the first `failures` fail as known.
report::campaign repeated(std::size_t failures, std::size_t runs) {
  report::campaign all{.target = "t"};
  for (std::size_t i = 0; i < runs; ++i) {
    report::case_record one{.id = "x/some", .summary = {.result = outcome::pass}};
    if (i < failures) one.summary = {.result = outcome::fail, .checker = "exit", .why = check::reason::chunk_after_exit};
    note_standing_of(one, sometimes());
    all.cases.push_back(one);
  }
  hold_to_rates(sometimes(), all);
  return all;
}

TEST(Standings, a_rate_makes_both_verdicts_ordinary) {
  const auto all = repeated(9, 20);
  EXPECT_EQ(all.cases.front().against_known, standing::known);
  EXPECT_EQ(all.cases.front().evidence, "twice");
  EXPECT_EQ(all.cases.back().against_known, standing::ordinary);
}

TEST(Standings, passes_are_unexpected_when_it_fails_too_seldom) {
  const auto all = repeated(1, 40);
  EXPECT_EQ(all.cases.front().against_known, standing::known);
  EXPECT_EQ(all.cases.back().against_known, standing::unexpected_pass);
}

TEST(Standings, failures_are_not_known_when_it_fails_too_often) {
  const auto all = repeated(40, 40);
  EXPECT_EQ(all.cases.front().against_known, standing::fails_too_often);
}

TEST(Standings, so_few_runs_that_the_interval_reaches_the_rate_say_nothing) {
  EXPECT_EQ(repeated(0, 4).cases.front().against_known, standing::ordinary);
  EXPECT_EQ(repeated(3, 3).cases.front().against_known, standing::known);
}

}  // namespace
}  // namespace nailbiter::command
