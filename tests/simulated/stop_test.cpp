// How a daemon stops: what ends it when the runs do not, and what it owes to those that are there.

#include "tests/simulated/daemon_support.hpp"

#include <gtest/gtest.h>

namespace naild::daemon::support {
namespace {

TEST(Stop, a_drain_cancels_what_has_not_ended_in_its_time) {
  for_each_schedule(
      [](execution& world) {
        client& a = world.add_client();
        world.start(run_once(a, header({"out x", "hang"})));
        world.where.run(1'000, port::milliseconds(100));
        world.server->drain();
        world.where.run();
        EXPECT_TRUE(world.stopped);
        EXPECT_EQ(a.exit, -1);
        EXPECT_GE(a.exit_at, port::milliseconds(500));
        EXPECT_LE(a.exit_at, port::milliseconds(700));
      },
      {.drain_ms = 500});
}

TEST(Stop, the_server_ends_when_the_last_session_has_left_and_not_before) {
  for_each_schedule([](execution& world) {
    client& a = world.add_client();
    client& b = world.add_client();
    world.start(run_once(a, header({"stream 1 100000"})));
    world.start(run_once(b, header({"stream 1 300000"})));
    world.where.run(60);
    world.server->drain();
    world.where.run();
    EXPECT_TRUE(world.stopped);
    EXPECT_EQ(world.sessions_when_stopped, 0u);
    EXPECT_LE(world.stopped_at, port::milliseconds(2'000)) << "it waits for no time that nobody needs";
  });
}

class deaf_nail final : public nail::nail {
 public:
  task::task<std::int32_t> run(naild::nail::nail_context&) override {
    task::strand& here = co_await task::this_strand();
    task::event never(here, {});
    co_await never;
    co_return 0;
  }
};

TEST(Stop, a_run_that_ignores_its_cancel_is_named_and_its_client_cut_off) {
  for_each_schedule([](execution& world) {
    world.add_nail("deaf", [] { return std::make_unique<deaf_nail>(); });
    client& a = world.add_client();
    client& b = world.add_client();
    world.start(run_once(a, header({}, "deaf")));
    world.start(run_once(b, header({}, "deaf")));
    world.where.run(1'000, port::milliseconds(100));
    world.server->cancel_all();
    world.where.run();
    EXPECT_TRUE(world.stopped);
    EXPECT_TRUE(a.ended.has_value());
    EXPECT_EQ(a.exit, std::nullopt);
    EXPECT_EQ(world.log.lines, std::vector<std::string>(2, "the run ignores its cancel: its client is cut off"));
  });
}

/// Ends a while after its cancel.
class tidy_nail final : public nail::nail {
 public:
  task::task<std::int32_t> run(naild::nail::nail_context& run) override {
    co_await run.until_cancelled();
    const auto timer = run.world().time.make_timer({});
    (void)co_await timer->until(run.world().time.now() + port::milliseconds(300));
    co_return 9;
  }
};

TEST(Stop, asked_for_twice_leaves_a_run_that_the_drain_has_cancelled_its_grace) {
  for_each_schedule(
      [](execution& world) {
        world.add_nail("tidy", [] { return std::make_unique<tidy_nail>(); });
        client& a = world.add_client();
        world.start(run_once(a, header({}, "tidy")));
        world.where.run(1'000, port::milliseconds(100));
        world.server->drain();
        world.where.run(1'000, port::milliseconds(700));
        world.server->cancel_all();
        world.where.run();
        EXPECT_TRUE(world.stopped);
        EXPECT_EQ(a.exit, 9);
        EXPECT_TRUE(world.log.lines.empty());
      },
      {.drain_ms = 500});
}

/// Says nothing of its own.
task::task<> connect_and_listen(client& who) {
  const bool opened = co_await who.open();
  if (!opened) co_return;
  co_await who.receive_to_end();
  who.stream->close();
}

TEST(Stop, a_drain_refuses_at_once_who_has_not_begun_though_others_still_run) {
  for_each_schedule(
      [](execution& world) {
        client& a = world.add_client();
        client& b = world.add_client();
        world.start(run_once(a, header({"out x", "hang"})));
        world.start(connect_and_listen(b));
        world.where.run(1'000, port::milliseconds(100));
        world.server->drain();
        world.where.run();
        EXPECT_EQ(b.exit, 75);
        EXPECT_LE(b.exit_at, port::milliseconds(200));
      },
      {.drain_ms = 500});
}

TEST(Stop, at_once_still_refuses_who_was_connected_and_not_accepted) {
  for_each_schedule([](execution& world) {
    world.where.fail_next_accepts(1);
    client& a = world.add_client();
    world.start(connect_and_listen(a));
    world.where.run(1'000, port::milliseconds(20));
    world.server->cancel_all();
    world.where.run();
    EXPECT_TRUE(world.stopped);
    EXPECT_EQ(a.exit, 75);
    EXPECT_NE(a.err.find("draining"), std::string::npos);
  });
}

task::task<> run_once_by(port::connection_attempt& way, client& who, std::string bytes) {
  auto connected = co_await way.connect();
  if (!connected) co_return;
  who.stream = std::move(*connected);
  (void)co_await who.send(std::move(bytes));
  co_await who.receive_to_end();
  who.stream->close();
}

TEST(Stop, every_listener_serves_until_then) {
  for_each_schedule([](execution& world) {
    world.add_listener("second");
    client& a = world.add_client();
    const auto attempt = world.where.ports().network.prepare(sim::simulated_address("second"));
    world.start(run_once_by(*attempt, a, header({"out x", "exit 3"})));
    world.where.run();
    EXPECT_EQ(a.exit, 3);
    world.server->drain();
    world.where.run();
    EXPECT_TRUE(world.stopped);
  });
}

TEST(Stop, every_listener_is_closed) {
  for_each_schedule([](execution& world) {
    world.add_listener("second");
    world.where.run();
    world.server->drain();
    world.where.run();
    EXPECT_TRUE(world.stopped);
  });
}

}  // namespace
}  // namespace naild::daemon::support
