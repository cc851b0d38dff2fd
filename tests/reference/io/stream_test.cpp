// What only sockets of the kernel can tell.

#include "reference/io/stream.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <thread>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace naild::io
