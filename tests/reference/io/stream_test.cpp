// What only sockets of the kernel can tell.

#include "reference/io/stream.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <memory>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "reference/task/group.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

task::task<> write_and_read(io_fixture& world, port::listener& from) {
  auto attempt = world.network.prepare(from.where());
  auto client = co_await attempt->connect();
  auto server = co_await from.accept();
  EXPECT_TRUE(client && server);
  if (!client || !server) co_return;
  EXPECT_EQ((*client)->has_untaken(), false);
  (void)co_await (*client)->write_some("ab");
  EXPECT_EQ((*client)->has_untaken(), true);
  char bytes[2];
  (void)co_await (*server)->read_some(std::span<char>(bytes));
  EXPECT_EQ((*client)->has_untaken(), false);
  (*client)->close();
  EXPECT_EQ((*client)->has_untaken(), std::nullopt);
}

TEST(Stream, of_a_unix_socket_knows_whether_the_peer_has_read) {
  io_fixture world;
  auto listener = make_listener(world.loop_, world.unix_address("s"));
  ASSERT_TRUE(listener) << listener.error();
  world.run(write_and_read(world, **listener));
}

// Answers each byte as soon as a thread can, after a pause of some nanoseconds that differs from round to round. False: none
// came for long.
bool answer_bytes(int fd, int rounds) {
  std::minstd_rand random(1);
  for (int round = 0; round < rounds; ++round) {
    char byte = 0;
    for (int tries = 0; ::recv(fd, &byte, 1, MSG_DONTWAIT) != 1; ++tries) {
      pollfd readable{.fd = fd, .events = POLLIN, .revents = 0};
      if (tries == 2'000 && ::poll(&readable, 1, 10'000) != 1) return false;
    }
    for (auto spins = random() % 256; spins > 0; --spins) std::atomic_signal_fence(std::memory_order_seq_cst);
    if (::send(fd, &byte, 1, MSG_NOSIGNAL) != 1) return false;
  }
  return true;
}

// A buffer of one byte: the stream cannot know that nothing is left, and tries before it waits.
task::task<> ask_and_read(stream& one, int rounds, int& answered) {
  for (; answered < rounds; ++answered) {
    char byte = 'a';
    const auto sent = co_await one.write_some(base::byte_view(&byte, 1));
    const auto got = co_await one.read_some(std::span<char>(&byte, 1));
    if (!sent || !got) co_return;
  }
}

// With two threads the kernel's word may come between the try that found nothing and the wait.
TEST(Stream, loses_no_byte_that_comes_as_it_begins_to_wait) {
  constexpr int rounds = 8'000;
  io_fixture world;
  int fds[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
  int answered = 0;
  bool all = false;
  {
    stream one(world.loop_, file_descriptor(fds[0]), AF_UNIX);
    std::jthread peer([&] {
      all = answer_bytes(fds[1], rounds);
      if (!all) ::shutdown(fds[1], SHUT_RDWR);
    });
    world.run(ask_and_read(one, rounds, answered), 2);
  }
  ::close(fds[1]);
  EXPECT_TRUE(all);
  EXPECT_EQ(answered, rounds);
}

bool has_been_told_of_an_end(int fd) {
  pollfd asked{.fd = fd, .events = POLLRDHUP, .revents = 0};
  return ::poll(&asked, 1, 0) == 1;
}

/// A stream that reads and ends its writing in the same turn, and its peer as a descriptor.
struct ending_stream {
  ending_stream() {
    int fds[2] = {-1, -1};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
    one = std::make_unique<stream>(world.loop_, file_descriptor(fds[0]), AF_UNIX);
    peer = file_descriptor(fds[1]);
  }

  /// `then` in the same step; returns when the read has ended and all that was put off has had its turn.
  task::task<> read_and_end(std::function<task::task<>()> then) {
    // A short first read: the second one waits.
    char bytes[4];
    EXPECT_EQ(::send(peer.get(), "ab", 2, 0), 2);
    (void)co_await one->read_some(std::span<char>(bytes));
    task::group waits(world.own, {});
    waits.start(read_once());
    waits.start(end_writing(std::move(then)));
    co_await waits.join();
  }

  task::task<> read_once() {
    char bytes[4];
    got = co_await one->read_some(std::span<char>(bytes));
  }

  task::task<> end_writing(std::function<task::task<>()> then) {
    one->shutdown_write();
    told_at_once = has_been_told_of_an_end(peer.get());
    co_await then();
  }

  io_fixture world;
  std::unique_ptr<stream> one;
  file_descriptor peer;
  bool told_at_once = false;
  base::io_result<std::size_t> got = 0;
};

task::task<> nothing_more() { co_return; }

TEST(Stream, ends_its_writing_after_a_read_that_is_put_off_has_begun) {
  ending_stream with;
  bool told = false;
  std::jthread answerer([fd = with.peer.get(), &told] {
    pollfd asked{.fd = fd, .events = POLLRDHUP, .revents = 0};
    told = ::poll(&asked, 1, 10'000) == 1;
    EXPECT_EQ(::send(fd, "c", 1, 0), 1);
  });
  with.world.run(with.read_and_end(&nothing_more));
  answerer.join();
  EXPECT_FALSE(with.told_at_once);
  EXPECT_TRUE(told);
  EXPECT_EQ(with.got, 1u);
}

task::task<> half_close_peer(ending_stream& with) {
  ::shutdown(with.peer.get(), SHUT_WR);
  co_return;
}

// The peer may still read: it is told by whatever comes after the end of the read.
TEST(Stream, ends_its_writing_though_the_peer_has_ended_its_own_first) {
  ending_stream with;
  with.world.run(with.read_and_end([&with] { return half_close_peer(with); }));
  EXPECT_FALSE(with.told_at_once);
  EXPECT_EQ(with.got, tl::unexpected(base::io_error::end_of_stream));
  EXPECT_TRUE(has_been_told_of_an_end(with.peer.get()));
}

task::task<> write_and_leave(ending_stream& with) {
  EXPECT_EQ(co_await with.one->write_some("x"), tl::unexpected(base::io_error::reset));
  EXPECT_TRUE(has_been_told_of_an_end(with.peer.get()));
  with.one->close();
}

TEST(Stream, takes_no_byte_after_an_end_of_its_writing_that_is_put_off) {
  ending_stream with;
  with.world.run(with.read_and_end([&with] { return write_and_leave(with); }));
  EXPECT_EQ(with.got, tl::unexpected(base::io_error::aborted));
}

}  // namespace
}  // namespace naild::io
