#include "harness/bench/figure.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace nailbiter::bench {
namespace {

TEST(Figure, takes_the_middle_of_its_rounds) {
  EXPECT_EQ(spread_of({3, 1, 2}), (spread{.min = 1, .median = 2, .max = 3}));
  EXPECT_EQ(spread_of({4, 1, 2, 3}).median, 2.5);
  EXPECT_EQ(spread_of({}), spread{});
}

TEST(Figure, holds_its_budget_by_the_median) {
  figure one{.name = "p50", .unit = "x", .values = {1.0, 1.1, 9.0}, .budget = 1.15};
  EXPECT_TRUE(holds(one));
  one.kind = budget_kind::at_least;
  EXPECT_FALSE(holds(one));
}

TEST(Figure, says_why_it_was_not_measured) {
  const figure one{.name = "instructions", .unit = "", .budget = 1.0, .remark = "no valgrind"};
  EXPECT_TRUE(holds(one));
  EXPECT_NE(table_of({one}).find("not measured: no valgrind"), std::string::npos);
}

TEST(Figure, is_written_as_json) {
  const auto value = nlohmann::json::parse(json_of({{.name = "p50", .unit = "x", .values = {1.0, 2.0}, .budget = 1.6}}));
  EXPECT_EQ(value["figures"][0]["median"], 1.5);
  EXPECT_EQ(value["figures"][0]["holds"], true);
}

}  // namespace
}  // namespace nailbiter::bench
