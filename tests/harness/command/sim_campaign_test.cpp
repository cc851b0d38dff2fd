#include "harness/command/sim_campaign.hpp"

#include <gtest/gtest.h>

namespace nailbiter::command {
namespace {

plan::plan exit_plan(std::string id, std::int32_t expected) {
  plan::plan what{.case_id = std::move(id), .transport = "unix"};
  plan::client one{.name = "a", .script = {"exit 3"}};
  one.expect.exit_code = expected;
  what.clients.push_back(std::move(one));
  return what;
}

std::uint64_t executions_of(const sim_result& done, std::size_t number) { return done.cases.at(number).executions; }

TEST(Sim_campaign, shares_schedules_evenly_and_gives_each_case_one) {
  const std::vector plans{exit_plan("x/a", 3), exit_plan("x/b", 3), exit_plan("x/c", 3)};
  const auto five = run_sim_campaign(plans, {.schedules = 5}, {}, {});
  EXPECT_EQ(executions_of(five, 0), 2u);
  EXPECT_EQ(executions_of(five, 1), 2u);
  EXPECT_EQ(executions_of(five, 2), 1u);
  const auto none = run_sim_campaign(plans, {.schedules = 0}, {}, {});
  EXPECT_EQ(none.executions, 3u);
}

TEST(Sim_campaign, has_the_same_hash_twice_and_another_with_another_seed) {
  const std::vector plans{exit_plan("x/a", 3)};
  const auto hash = [&plans](std::uint64_t seed) { return run_sim_campaign(plans, {.schedules = 20, .seed = seed}, {}, {}).trace_hash; };
  EXPECT_EQ(hash(1), hash(1));
  EXPECT_NE(hash(1), hash(1000));
}

TEST(Sim_campaign, repeats_one_execution_in_sixteen_to_compare) {
  const auto done = run_sim_campaign({exit_plan("x/a", 3)}, {.schedules = 33}, {}, {});
  EXPECT_EQ(done.executions, 33u);
  EXPECT_EQ(done.repeated, 3u);
  EXPECT_EQ(done.fault, "");
}

TEST(Sim_campaign, ends_a_case_at_its_first_failure_and_hands_its_schedule_over) {
  std::string schedule;
  std::uint64_t seed = 0;
  const auto failed = [&](const target::case_result&, sim_case& of, const std::string& bytes) {
    schedule = bytes;
    seed = of.failing_seed;
  };
  const auto done = run_sim_campaign({exit_plan("x/wrong", 4), exit_plan("x/right", 3)}, {.schedules = 20, .seed = 9}, failed, {});
  EXPECT_EQ(executions_of(done, 0), 1u);
  EXPECT_EQ(executions_of(done, 1), 10u);
  EXPECT_EQ(done.cases[0].record.summary.result, check::outcome::fail);
  EXPECT_FALSE(schedule.empty());
  EXPECT_EQ(seed, 9u);
}

TEST(Sim_campaign, ends_when_it_is_interrupted) {
  int asked = 0;
  sim_settings how{.schedules = 50};
  how.interrupted = [&asked] { return ++asked > 3; };
  const auto done = run_sim_campaign({exit_plan("x/a", 3), exit_plan("x/b", 3)}, how, {}, {});
  EXPECT_TRUE(done.interrupted);
  EXPECT_EQ(done.executions, 3u);
  EXPECT_EQ(done.cases.size(), 1u);
}

TEST(Sim_campaign, searches_depth_first_until_every_schedule_with_one_departure_was_seen) {
  const auto done = run_sim_campaign({exit_plan("x/a", 3)}, {.schedules = 5000, .strategy = "dfs", .departures = 1}, {}, {});
  ASSERT_EQ(done.fault, "");
  EXPECT_TRUE(done.cases.at(0).exhausted);
  EXPECT_TRUE(done.cases[0].cut) << "a run can be preempted twice";
  EXPECT_GE(done.executions, 16u);
  EXPECT_LT(done.executions, 5000u);
  EXPECT_GT(done.repeated, 0u);
  const auto short_of = run_sim_campaign({exit_plan("x/a", 3)}, {.schedules = 3, .strategy = "dfs", .departures = 1}, {}, {});
  EXPECT_FALSE(short_of.cases.at(0).exhausted);
}

TEST(Sim_campaign, refuses_more_than_three_sessions_depth_first) {
  auto four = exit_plan("x/a", 3);
  for (const auto* name : {"b", "c", "d"}) {
    four.clients.push_back(four.clients[0]);
    four.clients.back().name = name;
  }
  const auto done = run_sim_campaign({four}, {.schedules = 5, .strategy = "dfs"}, {}, {});
  EXPECT_EQ(done.executions, 0u);
  EXPECT_EQ(done.cases.at(0).record.summary.result, check::outcome::not_exercised);
}

TEST(Sim_campaign, sees_conflicting_steps_in_both_orders_and_changes_no_schedule_by_looking) {
  const auto looked = run_sim_campaign({exit_plan("x/a", 3)}, {.schedules = 60, .covers = true}, {}, {});
  const auto blind = run_sim_campaign({exit_plan("x/a", 3)}, {.schedules = 60}, {}, {});
  EXPECT_EQ(looked.trace_hash, blind.trace_hash);
  EXPECT_GT(looked.covered.count().both_orders, 0u);
  EXPECT_EQ(blind.covered.count().pairs, 0u);
}

}  // namespace
}  // namespace nailbiter::command
