// What only sockets of the kernel can tell.

#include "reference/io/stream.hpp"

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

}  // namespace
}  // namespace naild::io
