#include "reference/daemon/server.hpp"

#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

namespace naild::daemon::support {
namespace {

task::task<> feed_and_run(client& who, std::string bytes, std::string input) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  bool more = true;
  while (more && who.grants == 0) more = co_await who.receive();
  constexpr std::size_t piece = 10'000;
  for (std::size_t at = 0; at < input.size(); at += piece) {
    std::string data = chunk(type::stdin_data, input.substr(at, piece));
    (void)co_await who.send(std::move(data));
    const std::size_t wanted = std::min(at + piece, input.size());
    while (more && who.out.size() < wanted) more = co_await who.receive();
  }
  std::string end = chunk(type::stdin_eof);
  (void)co_await who.send(std::move(end));
  co_await who.receive_to_end();
  who.stream->close();
}

task::task<> start_and_leave(client& who, std::string bytes, bool half) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  while (who.out.empty()) {
    const bool more = co_await who.receive();
    if (!more) co_return;
  }
  if (half) {
    who.stream->shutdown_write();
    co_await who.receive_to_end();
  }
  who.stream->close();
}

TEST(Daemon, answers_a_run_with_its_output_and_one_exit) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(run_once(a, header({"out hello", "err oops", "exit 7"})));
    world.where.run();
    EXPECT_EQ(a.out, "hello");
    EXPECT_EQ(a.err, "oops");
    EXPECT_EQ(a.exit, 7);
    EXPECT_EQ(a.grants, 0u);
    EXPECT_EQ(a.chunks_after_exit, 0u);
    EXPECT_EQ(world.server->sessions(), 0u);
  });
}

TEST(Daemon, copies_stdin_byte_for_byte_while_neighbours_run) {
  for_each_schedule([](execution& world) {
    std::string input(100'000, 'x');
    for (std::size_t at = 0; at < input.size(); ++at) input[at] = static_cast<char>('a' + at % 23);
    client& a = world.add_client();
    client& b = world.add_client();
    world.start(feed_and_run(a, header({"cat", "exit 3"}), input));
    world.start(run_once(b, header({"stream 1 100000"})));
    world.where.run();
    EXPECT_TRUE(a.out == input);
    EXPECT_EQ(a.exit, 3);
    EXPECT_EQ(b.out.size(), 100'000u);
    EXPECT_EQ(b.exit, 0);
    EXPECT_EQ(world.server->sessions(), 0u);
  });
}

TEST(Daemon, a_half_close_cancels_and_the_exit_still_comes) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(start_and_leave(a, header({"out x", "hang"}), true));
    world.where.run();
    EXPECT_EQ(a.exit, -1);
    EXPECT_EQ(world.server->sessions(), 0u);
  });
}

TEST(Daemon, leaving_cancels_a_run_wherever_it_waits) {
  for (const char* last : {"hang", "cat", "flood", "wait t", "read 100"}) {
    for_each_schedule([last](execution& world) {
      client& a = world.add_client();
      world.start(start_and_leave(a, header({"out x", last}), false));
      world.where.run();
      EXPECT_EQ(world.server->sessions(), 0u) << last;
    });
  }
}

task::task<> stuff_and_half_close(client& who, std::string bytes, std::size_t stdin_bytes) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  (void)co_await who.send(std::move(bytes));
  while (who.grants == 0) {
    const bool more = co_await who.receive();
    if (!more) co_return;
  }
  std::string data = chunk(type::stdin_data, std::string(1000, 'x'));
  while (who.sent_bytes < stdin_bytes) {
    const bool taken = co_await who.send(data);
    if (!taken) co_return;
  }
  who.stream->shutdown_write();
  co_await who.receive_to_end();
  who.stream->close();
}

TEST(Daemon, a_half_close_behind_unread_stdin_cancels) {
  for_each_schedule(
      [](execution& world) {
        client& a = world.add_client();
        world.start(stuff_and_half_close(a, header({"read 1", "hang"}), 60'000));
        world.where.run();
        EXPECT_EQ(a.exit, -1);
        EXPECT_EQ(world.server->sessions(), 0u);
      },
      {.stdin_bytes_max = 4'000});
}

/// Takes one byte of stdin, waits for its cancel, and ends with how many bytes it can still read.
class late_reader final : public nail::nail {
 public:
  task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    (void)co_await run.read_stdin(1);
    co_await run.until_cancelled();
    const base::bytes rest = co_await run.read_stdin(10'000);
    co_return static_cast<std::int32_t>(rest.size());
  }
};

TEST(Daemon, a_cancelled_run_reads_no_stdin_that_came_before) {
  for_each_schedule([](execution& world) {
    world.add_nail("late-reader", [] { return std::make_unique<late_reader>(); });
    client& a = world.add_client();
    world.start(stuff_and_half_close(a, header({}, "late-reader"), 5'000));
    world.where.run();
    EXPECT_EQ(a.exit, 0);
  });
}

TEST(Daemon, a_silent_peer_is_answered_when_the_header_takes_too_long) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(run_once(a, chunk(type::argument, "half")));
    world.where.run();
    EXPECT_EQ(a.exit, 1);
    EXPECT_FALSE(a.err.empty());
    EXPECT_GE(a.exit_at, port::milliseconds(10'000));
    EXPECT_EQ(world.server->sessions(), 0u);
  });
}

TEST(Daemon, silence_counts_only_after_the_first_heartbeat) {
  for_each_schedule([](execution& world) {
    client& beats = world.add_client();
    client& never = world.add_client();
    world.start(run_once(beats, header({"hang"}) + chunk(type::heartbeat)));
    world.start(run_once(never, header({"hang"})));
    world.where.run();
    EXPECT_EQ(beats.exit, -1);
    EXPECT_GE(beats.exit_at, port::milliseconds(10'000));
    EXPECT_LE(beats.exit_at, port::milliseconds(12'000));
    EXPECT_EQ(never.exit, std::nullopt);
    EXPECT_EQ(world.server->sessions(), 1u);
  });
}

TEST(Daemon, runs_beyond_the_cap_start_in_their_order) {
  for_each_schedule(
      [](execution& world) {
        client* all[4];
        for (client*& each : all) {
          each = &world.add_client();
          world.start(run_once(*each, header({"stream 1 20000"})));
        }
        world.where.run();
        for (const client* each : all) EXPECT_EQ(each->exit, 0);
        EXPECT_EQ(world.server->sessions(), 0u);
      },
      {.runs_max = 1});
}

TEST(Daemon, a_drain_lets_runs_finish_and_refuses_the_backlog) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    client& b = world.add_client();
    world.start(run_once(a, header({"stream 1 100000"})));
    world.start(run_once(b, header({"exit 0"})));
    world.where.run(20);
    world.server->drain();
    world.where.run();
    EXPECT_TRUE(world.stopped);
    for (const client* each : {&a, &b}) {
      EXPECT_EQ(each->chunks_after_exit, 0u);
      EXPECT_EQ(each->exit.has_value(), each->stream != nullptr) << "who is connected is owed an answer";
      const bool refused = each->exit == 75;
      EXPECT_EQ(refused, each->err.find("draining") != std::string::npos);
    }
    EXPECT_LT(world.where.now(), port::milliseconds(10'000));
  });
}

TEST(Daemon, a_second_stop_cancels_every_run) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    world.start(run_once(a, header({"hang"})));
    world.where.run(1'000, port::milliseconds(100));
    world.server->drain();
    world.server->cancel_all();
    world.where.run();
    EXPECT_TRUE(world.stopped);
    EXPECT_EQ(a.exit, -1);
    EXPECT_TRUE(world.log.lines.empty());
    EXPECT_LT(world.where.now(), port::milliseconds(3'000));
  });
}

TEST(Daemon, accepting_goes_on_after_a_shortage_of_descriptors) {
  for_each_schedule([](execution& world) {
    world.where.fail_next_accepts(3);
    client& a = world.add_client();
    world.start(run_once(a, header({"exit 4"})));
    world.where.run();
    EXPECT_EQ(a.exit, 4);
    EXPECT_EQ(world.log.lines, std::vector<std::string>(3, "cannot accept: out of descriptors or memory"));
    EXPECT_GE(a.exit_at, port::milliseconds(3 * 50)) << "asked again at once, which burns the processor";
  });
}

}  // namespace
}  // namespace naild::daemon::support
