#include "reference/io/readiness.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <utility>

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

TEST(Readiness, sees_every_peer_go_behind_unread_bytes_and_each_one_once) {
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

// Descriptors of two sockets whose peers have sent a byte; of the third nothing is ready.
struct three_pairs {
  three_pairs() {
    for (auto& pair : fds) {
      if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) != 0) std::abort();
    }
    for (const int peer : {fds[0][1], fds[1][1]}) EXPECT_EQ(::write(peer, "!", 1), 1);
  }
  three_pairs(const three_pairs&) = delete;
  three_pairs& operator=(const three_pairs&) = delete;
  ~three_pairs() {
    for (const auto& pair : fds) {
      for (const int fd : pair) ::close(fd);
    }
  }

  std::array<std::array<int, 2>, 3> fds{};
};

class hears_events final : public readiness::owner {
 public:
  void on_ready(std::uint32_t events, std::unique_lock<std::mutex> lock) noexcept override {
    heard.push_back(events);
    lock.unlock();
    if (then) std::exchange(then, nullptr)();
  }

  std::vector<std::uint32_t> heard;
  std::function<void()> then;  // once
};

// Both first ones are ready in one look; whoever hears first withdraws the other, whose registration goes to the third at
// once: the event that is still to be told is not the third one's.
TEST(Readiness, an_event_of_a_withdrawn_registration_never_reaches_the_next_owner) {
  const three_pairs sockets;
  boost::asio::io_context context;
  readiness set(context);
  std::array<hears_events, 3> owners;
  std::array<readiness::registration*, 3> held{};
  for (const std::size_t i : {0U, 1U}) {
    held[i] = set.add(sockets.fds[i][0], EPOLLIN, owners[i]);
    ASSERT_NE(held[i], nullptr);
    owners[i].then = [&, other = 1 - i] {
      owners[other].then = nullptr;
      set.withdraw(*held[other]);
      held[2] = set.add(sockets.fds[2][0], EPOLLIN, owners[2]);
    };
  }
  ASSERT_EQ(context.run_one(), 1U);
  EXPECT_EQ(owners[0].heard.size() + owners[1].heard.size(), 1U);
  EXPECT_TRUE(held[2] == held[0] || held[2] == held[1]) << "the memory is used again";
  EXPECT_TRUE(owners[2].heard.empty());

  ASSERT_EQ(::write(sockets.fds[2][1], "!", 1), 1);
  ASSERT_EQ(context.run_one(), 1U);
  EXPECT_EQ(owners[2].heard, std::vector<std::uint32_t>{EPOLLIN}) << "and its own event does";
}

TEST(Readiness, what_is_ready_already_is_told_again_on_request_and_only_then) {
  const three_pairs sockets;
  boost::asio::io_context context;
  readiness set(context);
  hears_events owner;
  readiness::registration* held = set.add(sockets.fds[0][0], EPOLLIN, owner);
  ASSERT_NE(held, nullptr);
  ASSERT_EQ(context.run_one(), 1U);
  EXPECT_EQ(owner.heard.size(), 1U);
  EXPECT_EQ(context.poll(), 0U) << "the byte is still there, but it is no new edge";
  {
    std::lock_guard lock(held->mutex);
    ASSERT_TRUE(set.report_again(*held, sockets.fds[0][0], EPOLLIN | EPOLLOUT));
  }
  ASSERT_EQ(context.run_one(), 1U);
  EXPECT_EQ(owner.heard, (std::vector<std::uint32_t>{EPOLLIN, EPOLLIN | EPOLLOUT}));
}

}  // namespace
}  // namespace naild::io
