#include "reference/io/peer_watch.hpp"

#include <gtest/gtest.h>

#include "reference/task/group.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

constexpr int pairs = 128;

struct counters {
  int watched = 0;
  int closed = 0;
};

task::task<> watch_one(std::unique_ptr<port::byte_stream> stream, counters& count) {
  ++count.watched;
  auto result = co_await stream->peer_closed();
  if (result) ++count.closed;
}

task::task<> accept_all(port::listener& from, task::group& watchers, counters& count) {
  for (int i = 0; i < pairs; ++i) {
    auto accepted = co_await from.accept();
    if (!accepted) co_return;
    auto stream = std::move(*accepted);
    watchers.start(watch_one(std::move(stream), count));
  }
}

// Every client leaves bytes that nobody reads; half of them close, half only end their writing.
task::task<> watch_all(io_fixture& world, port::listener& from, counters& count) {
  task::strand& here = co_await task::this_strand();
  task::group watchers(here, {});
  watchers.start(accept_all(from, watchers, count));
  std::vector<std::unique_ptr<port::byte_stream>> clients;
  for (int i = 0; i < pairs; ++i) {
    auto attempt = world.network.prepare(from.where());
    auto connected = co_await attempt->connect();
    if (!connected) co_return;
    clients.push_back(std::move(*connected));
    auto sent = co_await clients.back()->write_some("unread");
    if (!sent) co_return;
  }
  auto timer = world.time.make_timer({});
  while (count.watched < pairs) co_await timer->until(world.time.now() + port::milliseconds(1));
  for (int i = 0; i < pairs; ++i) {
    if (i % 2 == 0) {
      clients[static_cast<std::size_t>(i)]->close();
    } else {
      clients[static_cast<std::size_t>(i)]->shutdown_write();
    }
  }
  co_await watchers.join();
}

TEST(PeerWatch, sees_every_peer_go_behind_unread_bytes_and_each_one_once) {
  for (const unsigned threads : {1u, 4u}) {
    io_fixture world;
    auto listener = make_listener(world.loop_, world.unix_address("socket"));
    ASSERT_TRUE(listener) << listener.error();
    counters count;
    world.run(watch_all(world, **listener, count), threads);
    EXPECT_EQ(count.closed, pairs);
    EXPECT_EQ(world.loop_.peer_closed_events(), static_cast<std::uint64_t>(pairs));
  }
}

}  // namespace
}  // namespace naild::io
