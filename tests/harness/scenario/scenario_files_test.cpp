#include <gtest/gtest.h>

#include <map>
#include <set>

#include "harness/plan/plan_json.hpp"
#include "harness/scenario/list_json.hpp"
#include "harness/scenario/load.hpp"

// The files under scenarios/ themselves.
namespace nailbiter::scenario {
namespace {

std::vector<scenario> loaded() {
  auto scenarios = load_scenarios(NAILBITER_SOURCE_DIR "/scenarios");
  if (scenarios) return std::move(*scenarios);
  for (const load_error& error : scenarios.error()) ADD_FAILURE() << to_string(error);
  return {};
}

TEST(ScenarioFiles, every_file_loads_and_there_are_enough_cases_for_both_worlds) {
  const auto scenarios = loaded();
  EXPECT_GE(scenarios.size(), 15u);
  std::map<std::string, int> cases;
  for (const scenario_case& one : all_cases(scenarios)) {
    for (const std::string& world : one.source->worlds) ++cases[world];
  }
  EXPECT_GE(cases["sim"], 40);
  EXPECT_GE(cases["live"], 40);
}

TEST(ScenarioFiles, ids_are_unique) {
  const auto scenarios = loaded();
  std::set<std::string> ids;
  for (const scenario_case& one : all_cases(scenarios))
    EXPECT_TRUE(ids.insert(one.what.case_id).second) << one.what.case_id;
}

TEST(ScenarioFiles, a_dozen_cheap_ones_are_the_smoke_suite) {
  int smoke = 0;
  for (const scenario& one : loaded()) smoke += one.smoke ? 1 : 0;
  EXPECT_GE(smoke, 10);
  EXPECT_LE(smoke, 18);
}

TEST(ScenarioFiles, the_lost_upstream_tests_are_back) {
  std::set<std::string> ids;
  for (const scenario& one : loaded()) ids.insert(one.id);
  EXPECT_TRUE(ids.contains("regressions/parallel-runs"));
  EXPECT_TRUE(ids.contains("regressions/failing-beside-good"));
}

TEST(ScenarioFiles, every_plan_survives_its_text_form) {
  const auto scenarios = loaded();
  for (const scenario_case& one : all_cases(scenarios)) {
    const auto read = plan::from_json(plan::to_json(one.what));
    ASSERT_TRUE(read.has_value()) << one.what.case_id << ": " << read.error();
    EXPECT_EQ(*read, one.what) << one.what.case_id;
  }
}

TEST(ScenarioFiles, the_list_is_one_object_a_case) {
  const auto scenarios = loaded();
  const auto cases = all_cases(scenarios);
  const std::string text = list_json(cases);
  std::size_t objects = 0;
  for (std::size_t at = text.find("\"id\": "); at != std::string::npos; at = text.find("\"id\": ", at + 1)) ++objects;
  EXPECT_EQ(objects, cases.size());
}

TEST(ScenarioFiles, a_directory_that_is_not_there_is_an_error) { EXPECT_FALSE(load_scenarios("/nowhere/at/all")); }

}  // namespace
}  // namespace nailbiter::scenario
