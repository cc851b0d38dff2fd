#include "reference/stdio/stdin_pipe.hpp"

#include "harness/sim/spill_files.hpp"
#include "tests/reference/stdio/manual_strand.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace naild::stdio {
namespace {

struct deaf_listener final : stdin_listener {
  void stdin_wanted() override {}
  void stdin_chunk_consumed() override {}
  void stdin_has_room() override { ++room; }
  void stdin_stopped() override {}
  void stdin_lost() override { ++lost; }
  int room = 0;
  int lost = 0;
};

struct fixture {
  explicit fixture(nailbiter::sim::disk_options disk) : files(disk) {}

  support::manual_strand strand;
  deaf_listener seen;
  nailbiter::sim::spill_files files;
  stdin_pipe pipe{strand, 1, {.memory = 10, .total = 100, .files = &files}, seen};

  std::string read(std::size_t bytes_max) {
    std::string got;
    strand.start(read_into(got, bytes_max));
    return got;
  }
  task::task<> read_into(std::string& got, std::size_t bytes_max) { got = co_await pipe.read(bytes_max); }
};

TEST(StdinPipe, spills_what_is_beyond_its_memory_and_keeps_the_order) {
  fixture it({.bytes_max = 1000});
  for (char c = 'a'; c < 'k'; ++c) it.pipe.push(std::string(4, c));
  EXPECT_LE(it.pipe.memory_bytes(), 10u);
  EXPECT_EQ(it.pipe.held_bytes(), 40u);
  for (char c = 'a'; c < 'k'; ++c) EXPECT_EQ(it.read(100), std::string(4, c));
  EXPECT_EQ(it.files.held_bytes(), 0u);
  EXPECT_EQ(it.pipe.memory_bytes(), 0u);
}

TEST(StdinPipe, is_full_at_its_total_and_when_the_disk_is) {
  fixture it({.bytes_max = 12});
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

TEST(StdinPipe, keeps_the_order_when_the_disk_would_take_what_comes_behind_a_chunk_that_it_did_not) {
  fixture it({.bytes_max = 12});
  it.pipe.push("0123456789");
  it.pipe.push("abc");
  it.pipe.push("defghi");
  it.pipe.push("j");
  for (const char* each : {"0123456789", "abc", "defghi", "j"}) EXPECT_EQ(it.read(100), each);
}

TEST(StdinPipe, forgets_the_spilled_when_its_run_is_cancelled) {
  fixture it({.bytes_max = 1000});
  for (int i = 0; i < 10; ++i) it.pipe.push("0123");
  it.pipe.discard();
  EXPECT_EQ(it.files.held_bytes(), 0u);
  EXPECT_EQ(it.read(100), "");
}

TEST(StdinPipe, ends_for_its_reader_when_the_disk_has_lost_what_is_next) {
  fixture it({.reads_max = 2});
  for (char c = 'a'; c < 'k'; ++c) it.pipe.push(std::string(4, c));
  for (const char c : {'a', 'b', 'c'}) EXPECT_EQ(it.read(100), std::string(4, c));
  EXPECT_EQ(it.seen.lost, 0);
  EXPECT_EQ(it.read(100), "");
  EXPECT_EQ(it.seen.lost, 1);
  it.pipe.push("more");
  EXPECT_EQ(it.read(100), "");
  EXPECT_EQ(it.seen.lost, 1);
  EXPECT_EQ(it.files.held_bytes(), 0u);
}

TEST(StdinPipe, is_full_at_its_memory_where_no_file_can_be_made) {
  fixture it({.makes_files = false});
  it.pipe.push("0123456789");
  EXPECT_FALSE(it.pipe.full());
  it.pipe.push("a");
  EXPECT_TRUE(it.pipe.full());
  EXPECT_EQ(it.read(100), "0123456789");
  EXPECT_EQ(it.read(100), "a");
}

}  // namespace
}  // namespace naild::stdio
