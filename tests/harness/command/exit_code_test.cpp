#include "harness/command/exit_code.hpp"

#include <gtest/gtest.h>

namespace nailbiter::command {
namespace {

using check::outcome;
using report::standing;

report::case_record record(outcome result, standing against_known = standing::ordinary, bool leak = false) {
  report::case_record one{.id = "a/b", .summary = {}};
  one.summary.result = result;
  one.against_known = against_known;
  one.leak = leak;
  return one;
}

report::campaign campaign_of(std::vector<report::case_record> cases) {
  return report::campaign{.target = "t", .cases = std::move(cases)};
}

TEST(Exit_code, follows_the_table_of_precedence) {
  const auto passed = record(outcome::pass);
  const auto failed = record(outcome::fail);
  const auto unknown = record(outcome::unknown);
  const auto skipped = record(outcome::not_exercised);
  const auto leaked = record(outcome::fail, standing::ordinary, true);
  const auto known = record(outcome::fail, standing::known, true);
  const struct {
    std::vector<report::case_record> cases;
    exit_code code;
  } table[] = {
      {{passed, skipped}, exit_code::holds},
      {{passed, unknown}, exit_code::unknown},
      {{passed, unknown, failed}, exit_code::nonconformant},
      {{failed, unknown, leaked}, exit_code::leak},
      {{skipped}, exit_code::unknown},
      {{}, exit_code::unknown},
      {{known}, exit_code::holds},
      {{known, unknown}, exit_code::unknown},
      {{record(outcome::pass, standing::unexpected_pass)}, exit_code::nonconformant},
      {{record(outcome::fail, standing::fails_differently)}, exit_code::nonconformant},
  };
  for (const auto& row : table) EXPECT_EQ(exit_code_of(campaign_of(row.cases)), row.code);
}

TEST(Exit_code, puts_a_fault_of_the_harness_first) {
  EXPECT_EQ(exit_code_of(campaign_of({record(outcome::fail)}), harness_state::faulty), exit_code::harness_fault);
}

TEST(Exit_code, has_no_verdict_where_the_daemon_was_missing) {
  auto all = campaign_of({record(outcome::pass)});
  all.stopped = "cannot start";
  EXPECT_EQ(exit_code_of(all), exit_code::unknown);
}

TEST(Exit_code, says_that_the_campaign_was_interrupted) {
  auto all = campaign_of({record(outcome::fail)});
  all.interrupted = true;
  EXPECT_EQ(exit_code_of(all), exit_code::interrupted);
}

}  // namespace
}  // namespace nailbiter::command
