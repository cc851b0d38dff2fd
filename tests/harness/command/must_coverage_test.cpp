#include "harness/command/must_coverage.hpp"

#include <gtest/gtest.h>

namespace nailbiter::command {
namespace {

using ids = std::vector<std::string>;

scenario::scenario scenario_of(std::string id, ids requires_ids) {
  return {.file = {}, .id = std::move(id), .title = {}, .requires_ids = std::move(requires_ids)};
}

report::coverage after(const std::vector<scenario::scenario>& suite, std::string id, check::outcome result) {
  report::campaign all{.target = "t"};
  all.cases.push_back({.id = std::move(id), .summary = {.result = result}});
  return must_coverage(suite, all);
}

const std::vector<scenario::scenario> suite{scenario_of("a/b", {"F2", "I2"}), scenario_of("a/c", {"I2", "I3"})};

TEST(Must_coverage, counts_what_was_judged_whatever_the_verdict) {
  for (const auto result : {check::outcome::pass, check::outcome::fail}) {
    EXPECT_EQ(after(suite, "a/b[n=1]", result), (report::coverage{.exercised = {"I2", "F2"}, .not_exercised = {"I3"}}));
  }
}

TEST(Must_coverage, never_counts_what_was_not_exercised_or_is_unknown) {
  for (const auto result : {check::outcome::not_exercised, check::outcome::unknown}) {
    EXPECT_EQ(after(suite, "a/b[n=1]", result), (report::coverage{.exercised = {}, .not_exercised = {"I2", "I3", "F2"}}));
  }
}

TEST(Must_coverage, leaves_out_what_is_no_must_or_never_live) {
  auto other = suite;
  other[0].level = "SHOULD";
  other[1].worlds = {"sim"};
  EXPECT_EQ(after(other, "a/b", check::outcome::pass), report::coverage());
}

TEST(Must_coverage, does_not_round_up_to_all) {
  report::coverage of;
  of.exercised.resize(299, "I1");
  of.not_exercised.resize(1, "I2");
  EXPECT_EQ(report::coverage_line(of), "MUSTs exercised: 299 of 300 (99 %)");
  EXPECT_EQ(report::coverage_line({}), "");
}

}  // namespace
}  // namespace nailbiter::command
