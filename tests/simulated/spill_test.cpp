// stdin beyond its memory, where a client's leaving hides behind bytes that nobody has read: it waits in a file, and the
// file may fail.

#include <gmock/gmock.h>

#include "tests/simulated/daemon_support.hpp"

namespace naild::daemon::support {
namespace {

using testing::HasSubstr;

const sim::world_options unwatched{.network = {.pipe = {.watch = sim::peer_watch::behind_no_bytes}}};
constexpr std::size_t piece_bytes = 500;
constexpr std::size_t pieces = 40;
constexpr std::size_t bytes_on_their_way = 70'000;  // one read, and what the file adds to each chunk

std::string piece(std::size_t number) { return std::string(piece_bytes, static_cast<char>('a' + number % 26)); }

std::string all_pieces() {
  std::string text;
  for (std::size_t number = 0; number < pieces; ++number) text += piece(number);
  return text;
}

/// Sends all of its stdin once it is asked for, whether it is read or not.
task::task<> send_all_stdin(client& who, std::string header_bytes, std::size_t count = pieces) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(header_bytes));
  while (who.grants == 0) {
    const bool more = co_await who.receive();
    if (!more) co_return;
  }
  for (std::size_t number = 0; number < count; ++number) (void)co_await who.send(chunk(type::stdin_data, piece(number)));
  (void)co_await who.send(chunk(type::stdin_eof));
  co_await who.receive_to_end();
  who.stream->close();
}

void comes_back_whole(execution& world) {
  client& a = world.add_client();
  client& b = world.add_client();
  world.start(send_all_stdin(a, header({"cat", "exit 3"})));
  world.start(run_once(b, header({"out b", "exit 7"})));
  world.where.run();
  EXPECT_EQ(a.out, all_pieces());
  EXPECT_EQ(a.err, "");
  EXPECT_EQ(a.exit, 3);
  EXPECT_EQ(b.out, "b");
  EXPECT_EQ(b.exit, 7);
  EXPECT_EQ(world.spill.held_bytes(), 0u);
}

TEST(Spill, gives_back_what_has_waited_in_a_file) { for_each_schedule(comes_back_whole, {.stdin_bytes_max = 1'000}, unwatched); }

TEST(Spill, on_a_disk_that_is_full_loses_nothing) {
  for_each_schedule(comes_back_whole, {.stdin_bytes_max = 1'000}, unwatched, {.bytes_max = 1'200});
}

TEST(Spill, where_no_file_can_be_made_loses_nothing) {
  for_each_schedule(comes_back_whole, {.stdin_bytes_max = 1'000}, unwatched, {.makes_files = false});
}

void stays_within_its_bound(execution& world) {
  client& a = world.add_client();
  world.start(send_all_stdin(a, header({"read 1", "hang"}), 10 * pieces));
  world.where.run();
  EXPECT_GT(world.spill.most_bytes(), 0u);
  EXPECT_LE(world.spill.most_bytes(), 4'000 + bytes_on_their_way);
  EXPECT_LT(a.sent_bytes, 10 * pieces * piece_bytes);
}

TEST(Spill, takes_no_more_than_its_bound) {
  for_each_schedule(stays_within_its_bound, {.stdin_bytes_max = 1'000, .stdin_spill_max = 4'000}, unwatched);
}

// The disk gives back two chunks and a half.
void is_told_that_the_disk_failed(execution& world) {
  client& a = world.add_client();
  client& b = world.add_client();
  world.start(send_all_stdin(a, header({"read 1", "read 20000", "out read"})));
  world.start(run_once(b, header({"out b", "exit 7"})));
  world.where.run();
  EXPECT_EQ(b.out, "b");
  EXPECT_EQ(b.exit, 7);
  EXPECT_EQ(world.server->sessions(), 0u);
  if (world.log.lines.empty()) {
    EXPECT_EQ(a.exit, 0) << "nothing had to wait in the file";
    return;
  }
  EXPECT_EQ(a.out, "");
  EXPECT_THAT(a.err, HasSubstr("its stdin, kept in a file, cannot be read back"));
  EXPECT_EQ(a.exit, -1);
  EXPECT_EQ(world.spill.held_bytes(), 0u);
}

TEST(Spill, that_the_disk_has_lost_cancels_its_run_and_nobody_elses) {
  bool seen = false;
  for_each_schedule([&seen](execution& world) {
    is_told_that_the_disk_failed(world);
    seen |= !world.log.lines.empty();
  }, {.stdin_bytes_max = 1'000}, unwatched, {.reads_max = 5});
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace naild::daemon::support
