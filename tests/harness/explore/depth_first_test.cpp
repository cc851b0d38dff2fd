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
  depth_first decides(10);
  std::set<std::vector<std::uint32_t>> seen;
  int executions = 0;
  do {
    seen.insert(execute(decides));
    ++executions;
  } while (!decides.exhausted() && executions < 100);
  EXPECT_EQ(executions, 5);
  EXPECT_EQ(seen.size(), 5u);
}

TEST(DepthFirst, decides_nothing_beyond_its_depth) {
  depth_first decides(1);
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{0, 0}));
  EXPECT_EQ(execute(decides), (std::vector<std::uint32_t>{1, 0}));
  EXPECT_TRUE(decides.exhausted());
}

}  // namespace
}  // namespace nailbiter::explore
