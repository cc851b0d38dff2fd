#include "reference/base/release.hpp"

#include <gtest/gtest.h>

namespace naild::base {
namespace {

TEST(Release, gives_the_memory_back_and_leaves_it_empty) {
  bytes large(100'000, 'x');
  release(large);
  EXPECT_TRUE(large.empty());
  EXPECT_EQ(large.capacity(), bytes().capacity());
}

}  // namespace
}  // namespace naild::base
