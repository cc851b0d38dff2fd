#include "harness/power/power_table.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/power/checker_kills.hpp"

namespace nailbiter::power {
namespace {

results some_results() {
  mutant_result caught{.what = {.id = "S2", .name = "S2", .title = "routed", .case_id = "a/b"}, .reached = true, .triggered = true};
  caught.rows.push_back({.where = level::sim, .strategy = usual_strategy, .searches = 50, .detected = 50, .schedules_median = 6, .schedules_p95 = 30, .checkers = {"isolation"}, .first = {"isolation"}});
  mutant_result not_caught{.what = {.id = "R7", .name = "R7", .home = level::live, .missing = "oracle: memory"}, .reached = true, .triggered = true};
  not_caught.rows.push_back({.where = level::live, .strategy = naive_strategy, .searches = 10, .detected = 0});
  results all;
  all.mutants = {caught, not_caught};
  all.controls = {{.id = "N1", .flagged = false, .said = ""}};
  return all;
}

TEST(PowerTable, has_a_line_a_mutant) {
  const auto text = mutant_table(some_results());
  EXPECT_NE(text.find("S2    sim   yes      yes        yes               6/30"), std::string::npos) << text;
  EXPECT_NE(text.find("R7    live  yes      yes        no                   -        never"), std::string::npos) << text;
}

TEST(PowerTable, has_a_line_a_strategy_with_what_it_found_and_spent) {
  auto all = some_results();
  all.mutants[0].what.name = "S2:4";
  all.mutants[0].rows.push_back({.where = level::sim, .strategy = "random", .searches = 50, .detected = 3, .schedules_median = 1000, .schedules_p95 = 1000,
                                 .median_is_bound = true, .p95_is_bound = true, .cpu_s = 2.5});
  const auto text = strategy_table(all);
  EXPECT_NE(text.find("S2:4   portfolio    50 of 50        6       30      0.00  isolation"), std::string::npos) << text;
  EXPECT_NE(text.find("S2:4   random        3 of 50    >1000    >1000      2.50"), std::string::npos) << text;
}

TEST(PowerTable, says_what_is_missing) {
  EXPECT_EQ(gaps_text(some_results()), "R7    not caught: missing oracle; known: oracle: memory\n");
  EXPECT_EQ(summary_line(some_results()), "2 mutants: 1 caught, 1 not; 1 controls: 0 flagged");
}

TEST(PowerTable, counts_what_a_checker_kills_alone) {
  const auto all = kills_by_checker(some_results());
  EXPECT_EQ(all.front().checker, "isolation");
  EXPECT_EQ(all.front().alone, std::vector<std::string>{"S2"});
  EXPECT_EQ(all.back().kills, 0u);
}

TEST(PowerJson, has_what_programs_read) {
  const auto value = nlohmann::json::parse(power_json(some_results()));
  const auto& caught = value.at("mutants").at(0);
  EXPECT_EQ(caught.at("id"), "S2");
  EXPECT_EQ(caught.at("level"), "sim");
  EXPECT_EQ(caught.at("reached"), true);
  EXPECT_EQ(caught.at("detected"), true);
  EXPECT_EQ(caught.at("schedules_median"), 6);
  EXPECT_EQ(caught.at("schedules_p95"), 30);
  EXPECT_EQ(caught.at("checkers"), nlohmann::json::array({"isolation"}));
  EXPECT_EQ(caught.at("strategies").size(), 1u);
  EXPECT_NEAR(caught.at("rate_interval").at(0).get<double>(), 0.929, 0.001);
  EXPECT_EQ(value.at("mutants").at(1).at("missing"), "missing oracle");
  EXPECT_EQ(value.at("controls").at(0), (nlohmann::json{{"id", "N1"}, {"flagged", false}}));
}

}  // namespace
}  // namespace nailbiter::power
