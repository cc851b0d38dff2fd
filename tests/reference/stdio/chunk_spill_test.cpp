#include "reference/stdio/chunk_spill.hpp"

#include "tests/reference/stdio/memory_spill.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <deque>

namespace naild::stdio {
namespace {

TEST(ChunkSpill, without_files_takes_nothing) {
  chunk_spill spill(nullptr);
  EXPECT_FALSE(spill.usable());
  EXPECT_FALSE(spill.push("a"));
}

TEST(ChunkSpill, a_file_that_is_full_leaves_the_chunk_to_its_owner) {
  support::memory_spill files(10);
  chunk_spill spill(&files);
  EXPECT_TRUE(spill.push("123456"));
  EXPECT_FALSE(spill.push("7"));
  EXPECT_EQ(spill.pop(), "123456");
}

TEST(ChunkSpill, gives_its_space_back_when_the_last_chunk_has_been_taken) {
  support::memory_spill files(100);
  chunk_spill spill(&files);
  ASSERT_TRUE(spill.push("abc"));
  spill.pop();
  EXPECT_TRUE(spill.empty());
  EXPECT_EQ(files.held_bytes, 0u);
}

RC_GTEST_PROP(ChunkSpill, gives_chunks_back_in_their_order, (const std::vector<std::string>& chunks)) {
  support::memory_spill files(1u << 20);
  chunk_spill spill(&files);
  std::deque<std::string> expected;
  for (const std::string& chunk : chunks) {
    RC_ASSERT(spill.push(chunk));
    expected.push_back(chunk);
    if (chunk.size() % 2 == 0) continue;
    RC_ASSERT(spill.pop() == expected.front());
    expected.pop_front();
  }
  for (const std::string& chunk : expected) RC_ASSERT(spill.pop() == chunk);
  RC_ASSERT(spill.empty());
}

}  // namespace
}  // namespace naild::stdio
