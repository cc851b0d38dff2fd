#include "reference/io/strand_pool.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/task/event.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

constexpr unsigned io_threads = 4;
constexpr int posters = 3;
constexpr int posts_each = 2'000;
constexpr int strand_count = 8;

/// Foreign threads post to all strands at once; each strand checks that every poster's posts come in order, alone.
struct stormed {
  task::strand* where = nullptr;
  std::atomic<int> inside{0};
  int last[posters] = {};
  int seen = 0;
  bool in_order = true;
  bool alone = true;

  void run(int poster, int number) {
    alone = alone && inside.fetch_add(1) == 0;
    in_order = in_order && number == last[poster] + 1;
    last[poster] = number;
    ++seen;
    inside.fetch_sub(1);
  }
};

TEST(StrandPool, four_threads_run_each_strand_in_order_and_never_twice_at_once) {
  io_fixture world;
  std::vector<stormed> all(strand_count);
  std::atomic<int> left{strand_count * posters * posts_each};
  for (stormed& one : all) one.where = &world.strands.make_strand(1, "stormed");
  const auto storm = [&](int poster) {
    for (int number = 1; number <= posts_each; ++number) {
      for (stormed& one : all) {
        task::post(*one.where, {}, [&, poster, number] {
          one.run(poster, number);
          if (left.fetch_sub(1) == 1) world.loop_.stop();
        });
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int poster = 0; poster < posters; ++poster) threads.emplace_back(storm, poster);
    world.loop_.run(io_threads);
  }
  for (const stormed& one : all) {
    EXPECT_EQ(one.seen, posters * posts_each);
    EXPECT_TRUE(one.in_order);
    EXPECT_TRUE(one.alone);
  }
}

TEST(StrandPool, a_retired_strand_runs_what_was_posted_before_and_is_given_out_again) {
  io_fixture world;
  task::strand& first = world.strands.make_strand(1, "first");
  int ran = 0;
  task::post(first, {}, [&] { ++ran; });
  world.strands.retire_strand(first);
  task::post(world.strands.make_strand(2, "other"), {}, [&] { world.loop_.stop(); });
  world.loop_.run(1);
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(&world.strands.make_strand(3, "next"), &first);
}

task::task<> end_at_once(std::atomic<int>& left, loop& owner) {
  if (left.fetch_sub(1) == 1) owner.stop();
  co_return;
}

TEST(StrandPool, strands_are_retired_and_used_again_on_four_threads) {
  io_fixture world;
  constexpr int sessions = 5'000;
  std::atomic<int> left{sessions};
  std::jthread starter([&] {
    for (int i = 0; i < sessions; ++i) {
      task::spawn_and_retire(world.strands, world.strands.make_strand(1, "session"), end_at_once(left, world.loop_), {});
    }
  });
  world.loop_.run(io_threads);
  EXPECT_EQ(left.load(), 0);
}

struct witness {
  explicit witness(int& alive) : alive_(alive) { ++alive_; }
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;
  ~witness() { --alive_; }
  int& alive_;
};

task::task<> wait_for_an_hour(io_fixture& world, port::listener& from, int& alive) {
  witness held(alive);
  auto timer = world.time.make_timer({});
  auto attempt = world.network.prepare(from.where());
  auto connected = co_await attempt->connect();
  if (!connected) co_return;
  co_await timer->until(world.time.now() + port::milliseconds(3'600'000));
}

task::task<> accept_and_watch(port::listener& from, int& alive) {
  witness held(alive);
  auto accepted = co_await from.accept();
  if (!accepted) co_return;
  auto stream = std::move(*accepted);
  co_await stream->peer_closed();
}

task::task<> accept_forever(port::listener& from, int& alive) {
  witness held(alive);
  co_await from.accept();
}

task::task<> read_forever(port::listener& from, io_fixture& world, int& alive) {
  witness held(alive);
  auto attempt = world.network.prepare(from.where());
  auto connected = co_await attempt->connect();
  if (!connected) co_return;
  char byte = 0;
  co_await (*connected)->read_some({&byte, 1});
}

task::task<> pause(io_fixture& world) {
  auto timer = world.time.make_timer({});
  co_await timer->until(world.time.now() + port::milliseconds(20));
}

TEST(StrandPool, destroys_what_waits_for_timers_sockets_and_peers) {
  for (const unsigned threads : {1u, io_threads}) {
    int alive = 0;
    {
      io_fixture world;
      auto watched = make_listener(world.loop_, world.unix_address("watched"));
      auto idle = make_listener(world.loop_, world.unix_address("idle"));
      ASSERT_TRUE(watched && idle);
      const auto start = [&](task::task<> body) { task::spawn(world.strands.make_strand(1, "suspended"), std::move(body), {}); };
      start(wait_for_an_hour(world, **watched, alive));
      world.run(pause(world), 1);
      start(accept_and_watch(**watched, alive));
      start(read_forever(**watched, world, alive));
      world.run(pause(world), 1);
      start(accept_forever(**idle, alive));
      world.run(pause(world), threads);
      EXPECT_EQ(alive, 4);
      start(accept_forever(**idle, alive));  // never runs
      world.strands.destroy_suspended();
      EXPECT_EQ(alive, 0);
    }
    EXPECT_EQ(alive, 0);
  }
}

TEST(Loop, a_stop_before_the_run_makes_it_return_at_once) {
  io_fixture world;
  world.loop_.stop();
  world.loop_.run(1);
}

}  // namespace
}  // namespace naild::io
