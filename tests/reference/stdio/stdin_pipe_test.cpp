#include "reference/stdio/stdin_pipe.hpp"

#include "tests/reference/stdio/manual_strand.hpp"

#include <gtest/gtest.h>
#include <malloc.h>
#include <rapidcheck/gtest.h>

#include <optional>

namespace naild::stdio {
namespace {

struct counting_listener final : stdin_listener {
  void stdin_wanted() override { ++wanted; }
  void stdin_chunk_consumed() override { ++consumed; }
  void stdin_has_room() override { ++room; }
  void stdin_stopped() override { ++stopped; }
  void stdin_lost() override {}
  int wanted = 0, consumed = 0, room = 0, stopped = 0;
};

struct fixture {
  support::manual_strand strand;
  counting_listener seen;
  stdin_pipe pipe{strand, 1, {.memory = 10, .total = 10}, seen};
  std::optional<std::string> got;

  void read(std::size_t bytes_max) { strand.start(read_task(bytes_max)); }
  task::task<> read_task(std::size_t bytes_max) {
    got.reset();
    got = co_await pipe.read(bytes_max);
  }
};

TEST(StdinPipe, asks_for_stdin_at_the_first_read_only) {
  fixture it;
  it.pipe.push("abc");
  EXPECT_EQ(it.seen.wanted, 0);
  it.read(2);
  it.read(2);
  EXPECT_EQ(it.seen.wanted, 1);
}

TEST(StdinPipe, tells_of_a_chunk_once_it_has_been_taken_whole) {
  fixture it;
  it.pipe.push("abc");
  it.read(2);
  EXPECT_EQ(it.got, "ab");
  EXPECT_EQ(it.seen.consumed, 0);
  it.read(2);
  EXPECT_EQ(it.got, "c");
  EXPECT_EQ(it.seen.consumed, 1);
}

TEST(StdinPipe, an_empty_chunk_is_consumed_at_once_and_is_no_end) {
  fixture it;
  it.read(5);
  it.pipe.push("");
  it.strand.run();
  EXPECT_EQ(it.seen.consumed, 1);
  EXPECT_FALSE(it.got);
}

TEST(StdinPipe, tells_once_that_its_reader_has_stopped) {
  fixture it;
  it.pipe.push("abc");
  it.pipe.stop();
  it.pipe.stop();
  EXPECT_EQ(it.seen.stopped, 1);
  it.read(5);
  EXPECT_EQ(it.got, "");
}

TEST(StdinPipe, wakes_a_waiting_reader_by_a_chunk_or_by_the_end) {
  fixture it;
  it.read(5);
  EXPECT_FALSE(it.got);
  it.pipe.push("x");
  it.strand.run();
  EXPECT_EQ(it.got, "x");
  it.read(5);
  it.pipe.end();
  it.strand.run();
  EXPECT_EQ(it.got, "");
}

TEST(StdinPipe, gives_what_was_pushed_before_the_end) {
  fixture it;
  it.pipe.push("x");
  it.pipe.end();
  it.read(5);
  EXPECT_EQ(it.got, "x");
}

TEST(StdinPipe, takes_nothing_after_its_end) {
  fixture it;
  it.pipe.end();
  it.pipe.push("late");
  it.read(5);
  EXPECT_EQ(it.got, "");
}

TEST(StdinPipe, tells_when_it_is_not_full_any_more) {
  fixture it;
  it.pipe.push("0123456789");
  EXPECT_TRUE(it.pipe.full());
  it.read(1);
  EXPECT_EQ(it.seen.room, 1);
}

TEST(StdinPipe, a_cancel_drops_everything_and_ends_the_reader) {
  fixture it;
  it.pipe.push("0123456789");
  it.pipe.discard();
  it.pipe.push("late");
  it.read(5);
  EXPECT_EQ(it.got, "");
  EXPECT_EQ(it.pipe.held_bytes(), 0u);
  EXPECT_EQ(it.seen.room, 1);
}

TEST(StdinPipe, keeps_no_memory_of_chunks_that_were_taken_in_pieces) {
  fixture it;
  const std::string chunk(8'000, 'x');
  it.pipe.push(chunk);
  const std::size_t before = mallinfo2().uordblks;  // a sanitizer's heap says 0, always
  for (int round = 0; round < 500; ++round) {
    it.pipe.push(chunk);
    it.read(4'000);
    it.read(4'000);
  }
  EXPECT_EQ(it.pipe.held_bytes(), chunk.size());
  EXPECT_LE(mallinfo2().uordblks, before + 100'000);
}

RC_GTEST_PROP(StdinPipe, any_reads_give_the_same_bytes_and_consume_every_chunk, ()) {
  const auto chunks = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty<std::string>());
  fixture it;
  std::string all;
  for (const std::string& each : chunks) {
    it.pipe.push(each);
    all += each;
  }
  it.pipe.end();
  std::string read;
  do {
    it.read(*rc::gen::inRange<std::size_t>(1, 9));
    read += *it.got;
  } while (!it.got->empty());
  RC_ASSERT(read == all);
  RC_ASSERT(it.seen.consumed == static_cast<int>(chunks.size()));
}

}  // namespace
}  // namespace naild::stdio
