// Bounds that show only when somebody reaches them: the cap on runs, headers together, silence, the linger.

#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

namespace naild::daemon::support {
namespace {

TEST(Limits, no_more_than_runs_max_run_at_once) {
  for_each_schedule(
      [](execution& world) {
        client* all[3];
        for (client*& each : all) {
          each = &world.add_client();
          world.start(run_once(*each, header({"out started", "hang"})));
        }
        world.where.run();
        std::size_t started = 0;
        for (const client* each : all) started += each->out.empty() ? 0 : 1;
        EXPECT_EQ(started, 2u);
      },
      {.runs_max = 2});
}

TEST(Limits, a_place_that_is_left_goes_to_one_of_those_who_wait) {
  for_each_schedule(
      [](execution& world) {
        client* all[4];
        for (client*& each : all) each = &world.add_client();
        world.start(run_once(world.add_client(), header({"exit 0"})));
        for (client* each : all) world.start(run_once(*each, header({"out started", "hang"})));
        world.where.run();
        std::size_t started = 0;
        for (const client* each : all) started += each->out.empty() ? 0 : 1;
        EXPECT_EQ(started, 2u);
      },
      {.runs_max = 2});
}

TEST(Limits, a_header_beyond_what_all_may_hold_is_refused_and_what_it_held_given_back) {
  for_each_schedule(
      [](execution& world) {
        client& large = world.add_client();
        world.start(run_once(large, header({std::string(2'000, 'x')})));
        world.where.run();
        EXPECT_EQ(large.exit, 75);
        EXPECT_NE(large.err.find("full"), std::string::npos);
        client& small = world.add_client();
        world.start(run_once(small, header({"exit 4"})));
        world.where.run();
        EXPECT_EQ(small.exit, 4);
      },
      {.header_bytes_total_max = 1'000});
}

task::task<> stay(client& who, std::string bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  co_await who.receive_to_end();
}

TEST(Limits, a_client_that_stays_after_its_exit_is_left_after_the_linger) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(stay(a, header({"exit 4"})));
    world.where.run();
    EXPECT_EQ(a.exit, 4);
    EXPECT_EQ(world.server->sessions(), 0u);
    EXPECT_GE(world.where.now(), port::milliseconds(1'000));
  });
}

task::task<> beat_stuff_and_fall_silent(client& who, std::string bytes, std::size_t pieces) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  std::string beginning = std::move(bytes) + chunk(type::heartbeat);
  (void)co_await who.send(std::move(beginning));
  while (who.grants == 0) {
    const bool more = co_await who.receive();
    if (!more) co_return;
  }
  const std::string data = chunk(type::stdin_data, std::string(1'000, 'x'));
  for (std::size_t sent = 0; sent < pieces; ++sent) (void)co_await who.send(data);
  co_await who.receive_to_end();
}

void silence_ends_who_was_read(execution& world) {
  client& a = world.add_client();
  world.start(beat_stuff_and_fall_silent(a, header({"read 60000", "out read", "hang"}), 60));
  world.where.run();
  EXPECT_EQ(a.out, "read");
  EXPECT_EQ(a.exit, -1);
  EXPECT_LE(a.exit_at, port::milliseconds(12'000));
}

TEST(Limits, silence_counts_again_when_a_full_stdin_has_been_read) {
  for_each_schedule(silence_ends_who_was_read, {.stdin_bytes_max = 4'000});
}

TEST(Limits, a_full_stdin_of_a_peer_that_cannot_be_watched_goes_on_too) {
  const sim::world_options unwatched{.network = {.pipe = {.watch = sim::peer_watch::behind_no_bytes}}};
  for_each_schedule(silence_ends_who_was_read, {.stdin_bytes_max = 1'000, .stdin_spill_max = 4'000}, unwatched);
}

}  // namespace
}  // namespace naild::daemon::support
