// stdin beside its client's silence, its grants and a process that can watch nobody.

#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

namespace naild::daemon::support {
namespace {

constexpr std::size_t piece_bytes = 1'000;
constexpr std::size_t pieces = 60;
constexpr limits narrow{.stdin_bytes_max = 4 * piece_bytes};
const sim::world_options watching_nobody{.network = {.pipe = {.watch = sim::peer_watch::out_of_resources}}};

task::task<bool> wait_for_grants(client& who, std::size_t grants) {
  while (who.grants < grants) {
    const bool more = co_await who.receive();
    if (!more) co_return false;
  }
  co_return true;
}

/// Beats once; after its stdin it says nothing.
task::task<> beat_and_stuff(client& who, std::string bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  std::string beginning = std::move(bytes) + chunk(type::heartbeat);
  (void)co_await who.send(std::move(beginning));
  const bool granted = co_await wait_for_grants(who, 1);
  if (!granted) co_return;
  const std::string data = chunk(type::stdin_data, std::string(piece_bytes, 'x'));
  for (std::size_t sent = 0; sent < pieces; ++sent) (void)co_await who.send(data);
  co_await who.receive_to_end();
}

/// Takes one byte, then nothing for twenty seconds, then all, and then waits for its cancel.
class slow_reader final : public nail::nail {
 public:
  task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    const base::bytes first = co_await run.read_stdin(1);
    const auto timer = run.world().time.make_timer({});
    (void)co_await timer->until(run.world().time.now() + port::milliseconds(20'000));
    for (std::size_t got = first.size(); got < pieces * piece_bytes;) {
      const base::bytes piece = co_await run.read_stdin(piece_bytes);
      got += piece.empty() ? pieces * piece_bytes : piece.size();
    }
    (void)co_await run.write_stdout("read");
    co_await run.until_cancelled();
    co_return naild::nail::cancelled_exit_code;
  }
};

TEST(Stdin, silence_counts_again_after_a_pause_that_was_longer_than_it_may_last) {
  for_each_schedule(
      [](execution& world) {
        world.add_nail("slow", [] { return std::make_unique<slow_reader>(); });
        client& a = world.add_client();
        world.start(beat_and_stuff(a, header({}, "slow")));
        world.where.run();
        EXPECT_EQ(a.out, "read");
        EXPECT_EQ(a.exit, -1);
        EXPECT_GE(a.exit_at, port::milliseconds(30'000));
        EXPECT_LE(a.exit_at, port::milliseconds(32'000));
      },
      narrow);
}

TEST(Stdin, goes_on_when_it_has_room_though_its_client_cannot_be_watched_now) {
  for_each_schedule(
      [](execution& world) {
        client& a = world.add_client();
        world.start(beat_and_stuff(a, header({"read 60000", "out read", "exit 5"})));
        world.where.run();
        EXPECT_EQ(a.out, "read");
        EXPECT_EQ(a.exit, 5);
      },
      narrow, watching_nobody);
}

TEST(Stdin, that_nobody_reads_costs_no_step_though_its_client_cannot_be_watched_now) {
  for_each_schedule(
      [](execution& world) {
        client& a = world.add_client();
        world.start(beat_and_stuff(a, header({"read 1", "out x", "hang"})));
        EXPECT_EQ(world.where.run(20'000, port::milliseconds(100)).why, sim::stop_reason::time_limit);
        EXPECT_EQ(a.out, "x");
      },
      narrow, watching_nobody);
}

/// Sends a chunk only for a grant; its first one is empty.
task::task<> ask_for_each(client& who, std::string bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  std::size_t granted = 0;
  for (const char* each : {"", "a", "b"}) {
    const bool goes_on = co_await wait_for_grants(who, ++granted);
    if (!goes_on) co_return;
    (void)co_await who.send(chunk(type::stdin_data, each));
  }
  co_await who.receive_to_end();
}

TEST(Stdin, an_empty_chunk_is_answered_by_a_grant_as_any_other) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(ask_for_each(a, header({"read 2", "exit 5"})));
    world.where.run();
    EXPECT_EQ(a.exit, 5);
    EXPECT_GE(a.grants, 3u);
    EXPECT_LE(a.grants, 4u) << "one for each chunk, and the first one";
  });
}

}  // namespace
}  // namespace naild::daemon::support
