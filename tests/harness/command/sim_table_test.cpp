#include "harness/command/sim_table.hpp"

#include <gtest/gtest.h>

namespace nailbiter::command {
namespace {

sim_case case_of(std::string id, std::uint64_t executions, check::outcome result) {
  sim_case one;
  one.executions = executions;
  one.steps = 10 * executions;
  one.strands_max = 4;
  one.decisions_max = 100;
  one.record.id = std::move(id);
  one.record.summary.result = result;
  return one;
}

TEST(Sim_table, has_a_line_a_family) {
  const auto table = family_table({case_of("exit/a", 5, check::outcome::pass), case_of("exit/b", 1, check::outcome::fail),
                                   case_of("order/a", 2, check::outcome::unknown)});
  EXPECT_EQ(table,
            "family  cases  schedules        steps  failures\n"
            "exit        2          6           60         1\n"
            "order       1          2           20         1\n"
            "all         3          8           80         2\n");
}

TEST(Sim_table, concludes_from_its_own_counts_and_only_when_clean_and_drawn) {
  sim_result clean{.cases = {case_of("exit/a", 300, check::outcome::pass)}, .executions = 300};
  EXPECT_NE(conclusion_of(clean, {}).find("fewer than 1 in 100 fail"), std::string::npos);
  EXPECT_EQ(conclusion_of(clean, {.strategy = "dfs"}), "");
  EXPECT_EQ(conclusion_of(clean, {.strategy = "fifo"}), "");
  clean.cases.push_back(case_of("exit/b", 1, check::outcome::fail));
  EXPECT_EQ(conclusion_of(clean, {}), "");
}

TEST(Sim_table, prints_the_bound_of_pct_only_where_it_holds) {
  auto one = case_of("exit/a", 5, check::outcome::pass);
  EXPECT_NE(line_of(one, {.strategy = "pct"}).find("at least 1 in 640000 schedules"), std::string::npos) << "4 strands, 400 * 400";
  EXPECT_EQ(line_of(one, {.strategy = "pos"}).find("schedules"), std::string::npos);
  one.decisions_max = 401;
  EXPECT_EQ(line_of(one, {.strategy = "pct"}).find("schedules"), std::string::npos);
}

TEST(Sim_table, says_exhausted_only_of_what_dfs_has_ended) {
  auto one = case_of("exit/a", 5, check::outcome::pass);
  EXPECT_TRUE(line_of(one, {.strategy = "dfs"}).ends_with("not exhausted\n"));
  one.exhausted = true;
  EXPECT_TRUE(line_of(one, {.strategy = "dfs"}).ends_with("  exhausted\n"));
  one.cut = true;
  EXPECT_TRUE(line_of(one, {.strategy = "dfs"}).ends_with("exhausted up to 2 departures\n"));
  EXPECT_EQ(line_of(one, {}).find("exhausted"), std::string::npos);
}

}  // namespace
}  // namespace nailbiter::command
