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

}  // namespace
}  // namespace nailbiter::command
