#include "reference/stdio/stdin_pipe.hpp"

#include "tests/reference/stdio/manual_strand.hpp"
#include "tests/reference/stdio/memory_spill.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace naild::stdio {
namespace {

struct deaf_listener final : stdin_listener {
  void stdin_wanted() override {}
  void stdin_chunk_consumed() override {}
  void stdin_has_room() override { ++room; }
  void stdin_stopped() override {}
  int room = 0;
};

struct fixture {
  explicit fixture(std::size_t disk_bytes_max) : files(disk_bytes_max) {}

  support::manual_strand strand;
  deaf_listener seen;
  support::memory_spill files;
  stdin_pipe pipe{strand, 1, {.memory = 10, .total = 100, .files = &files}, seen};

  std::string read(std::size_t bytes_max) {
    std::string got;
    strand.start(read_into(got, bytes_max));
    return got;
  }
  task::task<> read_into(std::string& got, std::size_t bytes_max) { got = co_await pipe.read(bytes_max); }
};

TEST(StdinPipe, spills_what_is_beyond_its_memory_and_keeps_the_order) {
  fixture it(1000);
  for (char c = 'a'; c < 'k'; ++c) it.pipe.push(std::string(4, c));
  EXPECT_LE(it.pipe.memory_bytes(), 10u);
  EXPECT_EQ(it.pipe.held_bytes(), 40u);
  for (char c = 'a'; c < 'k'; ++c) EXPECT_EQ(it.read(100), std::string(4, c));
  EXPECT_EQ(it.files.held_bytes, 0u);
}

TEST(StdinPipe, is_full_at_its_total_and_when_the_disk_is) {
  fixture it(12);
  it.pipe.push("0123456789");
  it.pipe.push("abc");
  EXPECT_FALSE(it.pipe.full());
  it.pipe.push("defghi");
  EXPECT_TRUE(it.pipe.full());
  EXPECT_EQ(it.read(100), "0123456789");
  EXPECT_EQ(it.read(100), "abc");
  EXPECT_EQ(it.read(100), "defghi");
  EXPECT_FALSE(it.pipe.full());
  EXPECT_EQ(it.seen.room, 1);
}

TEST(StdinPipe, forgets_the_spilled_when_its_run_is_cancelled) {
  fixture it(1000);
  for (int i = 0; i < 10; ++i) it.pipe.push("0123");
  it.pipe.discard();
  EXPECT_EQ(it.files.held_bytes, 0u);
  EXPECT_EQ(it.read(100), "");
}

}  // namespace
}  // namespace naild::stdio
