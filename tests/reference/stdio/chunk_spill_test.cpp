#include "reference/stdio/chunk_spill.hpp"

#include "harness/sim/spill_files.hpp"

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
  nailbiter::sim::spill_files files({.bytes_max = 10});
  chunk_spill spill(&files);
  EXPECT_TRUE(spill.push("123456"));
  EXPECT_FALSE(spill.push("7"));
  EXPECT_EQ(spill.pop(), "123456");
}

TEST(ChunkSpill, gives_its_space_back_when_the_last_chunk_has_been_taken) {
  nailbiter::sim::spill_files files({.bytes_max = 100});
  chunk_spill spill(&files);
  ASSERT_TRUE(spill.push("abc"));
  spill.pop();
  EXPECT_TRUE(spill.empty());
  EXPECT_EQ(files.held_bytes(), 0u);
}

TEST(ChunkSpill, has_nothing_to_give_when_the_disk_has_lost_it) {
  nailbiter::sim::spill_files files({.reads_max = 3});  // of the length and of the chunk
  chunk_spill spill(&files);
  ASSERT_TRUE(spill.push("abc"));
  ASSERT_TRUE(spill.push("def"));
  EXPECT_EQ(spill.pop(), "abc");
  EXPECT_EQ(spill.pop(), std::nullopt);
}

TEST(ChunkSpill, takes_nothing_where_no_file_can_be_made) {
  nailbiter::sim::spill_files files({.makes_files = false});
  chunk_spill spill(&files);
  EXPECT_TRUE(spill.usable());
  EXPECT_FALSE(spill.push("a"));
}

RC_GTEST_PROP(ChunkSpill, gives_chunks_back_in_their_order, (const std::vector<std::string>& chunks)) {
  nailbiter::sim::spill_files files({.bytes_max = 1u << 20});
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
