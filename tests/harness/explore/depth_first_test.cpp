#include "harness/explore/depth_first.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nailbiter::explore {
namespace {

std::vector<std::uint32_t> execute(depth_first& decides) {
  decides.begin(0);
  std::vector<std::uint32_t> made{decides.choose(2)};
  made.push_back(decides.choose(made[0] == 0 ? 3 : 2));
  return made;
}

TEST(DepthFirst, takes_every_path_once_and_then_says_so) {
  depth_first decides;
  std::set<std::vector<std::uint32_t>> seen;
  int executions = 0;
  do {
    seen.insert(execute(decides));
    ++executions;
  } while (!decides.exhausted() && executions < 100);
  EXPECT_EQ(executions, 5);
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_FALSE(decides.cut());
}

TEST(DepthFirst, departs_no_more_often_than_its_bound_says) {
  depth_first decides(1);
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{0, 0}));
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_FALSE(decides.exhausted());
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{1, 0}));
  EXPECT_TRUE(decides.exhausted());
  EXPECT_TRUE(decides.cut()) << "or exhausted would be taken for every schedule";
}

TEST(DepthFirst, with_no_departure_is_the_calm_schedule_alone) {
  depth_first decides(0);
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{0, 0}));
  EXPECT_TRUE(decides.exhausted());
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{0, 0}));
}

}  // namespace
}  // namespace nailbiter::explore
