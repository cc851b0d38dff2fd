#include "reference/task/strand.hpp"

#include <array>

#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/reference/task/manual_strand.hpp"

namespace naild::task {
namespace {

TEST(Strand, gives_the_memory_of_a_posted_closure_back_whether_it_ran_or_was_dropped) {
  manual_strand where;
  const std::array<char, 2'000> large{};
  int ran = 0;
  const std::size_t before = mallinfo2().uordblks;  // a sanitizer's heap says 0, always
  for (int round = 0; round < 1'000; ++round) {
    post(where, {}, [large, &ran] { ran += large[0] == 0 ? 1 : 0; });
    if (round % 2 == 0) where.run_all();
    where.destroy_suspended();
  }
  EXPECT_EQ(ran, 500);
  EXPECT_LE(mallinfo2().uordblks, before + 100'000);
}

}  // namespace
}  // namespace naild::task
