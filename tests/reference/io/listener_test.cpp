#include "reference/io/listener.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <barrier>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/io/file_descriptor.hpp"
#include "reference/io/path_lock.hpp"
#include "reference/io/socket_file.hpp"
#include "reference/task/group.hpp"
#include "tests/reference/io/io_fixture.hpp"

namespace naild::io {
namespace {

using testing::HasSubstr;

mode_t mode_of(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
}

bool exists(const std::string& path) { return std::filesystem::exists(std::filesystem::symlink_status(path)); }

/// A socket file that nobody listens on, as a killed daemon leaves it.
void leave_dead_socket(const std::string& path) {
  const file_descriptor dead(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::memcpy(name.sun_path, path.data(), path.size());
  ASSERT_EQ(::bind(dead.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name), 0);
}

class umask_scope {
 public:
  explicit umask_scope(mode_t mask) : before_(::umask(mask)) {}
  umask_scope(const umask_scope&) = delete;
  umask_scope& operator=(const umask_scope&) = delete;
  ~umask_scope() { ::umask(before_); }

 private:
  mode_t before_;
};

TEST(UnixListener, the_file_is_for_its_owner_only_whatever_the_umask) {
  for (const mode_t mask : {0, 022, 0777}) {
    io_fixture world;
    const umask_scope scope(mask);
    const auto where = world.unix_address("socket");
    const auto listener = make_listener(world.loop_, where);
    ASSERT_TRUE(listener) << listener.error();
    EXPECT_EQ(mode_of(where.name), 0600u) << "umask " << mask;
  }
}

TEST(UnixListener, leaves_nothing_but_the_socket_in_its_directory_and_after_close_nothing) {
  io_fixture world;
  const auto listener = make_listener(world.loop_, world.unix_address("socket"));
  ASSERT_TRUE(listener) << listener.error();
  const auto count = [&] { return std::distance(std::filesystem::directory_iterator(world.directory), {}); };
  EXPECT_EQ(count(), 1);
  (*listener)->close();
  EXPECT_EQ(count(), 0);
}

TEST(UnixListener, replaces_the_file_of_a_dead_daemon) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  leave_dead_socket(where.name);
  const auto listener = make_listener(world.loop_, where);
  ASSERT_TRUE(listener) << listener.error();
  EXPECT_EQ(mode_of(where.name), 0600u);
}

TEST(UnixListener, of_many_that_find_a_dead_daemons_file_one_serves_and_the_others_are_told) {
  constexpr int rounds = 40;
  constexpr int starters = 8;
  for (int round = 0; round < rounds; ++round) {
    io_fixture world;
    const auto where = world.unix_address("socket");
    leave_dead_socket(where.name);
    std::vector<tl::expected<socket_file, std::string>> made(starters);
    std::vector<file_descriptor> sockets(starters);
    std::barrier together(starters);
    std::vector<std::jthread> threads;
    for (int i = 0; i < starters; ++i) {
      threads.emplace_back([&, i] {
        sockets[i] = file_descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        together.arrive_and_wait();
        made[i] = socket_file::listen(sockets[i], where.name, 1);
      });
    }
    threads.clear();
    for (const auto& one : made) {
      if (one) continue;
      EXPECT_THAT(one.error(), HasSubstr("a daemon is already listening"));
    }
    ASSERT_EQ(std::ranges::count_if(made, [](const auto& one) { return one.has_value(); }), 1) << "round " << round;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(world.directory), {}), 1);
  }
}

std::vector<file_descriptor> crowd(const port::address& where, int clients) {
  std::vector<file_descriptor> all;
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::memcpy(name.sun_path, where.name.data(), where.name.size());
  for (int i = 0; i < clients; ++i) {
    all.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(::connect(all.back().get(), reinterpret_cast<const sockaddr*>(&name), sizeof name), 0) << std::strerror(errno);
  }
  return all;
}

task::task<> read_to_end(port::byte_stream& from, bool& ended) {
  char byte = 0;
  const auto got = co_await from.read_some(std::span(&byte, 1));
  ended = !got;
}

constexpr std::size_t leaves_at = 10;  // its reader waits in the kernel by then

/// Accepts them all; `met_after`: how many had come when the first one's end was met.
task::task<> accept_crowd(port::listener& listener, std::vector<file_descriptor>& clients, int& met_after) {
  task::strand& own = co_await task::this_strand();
  task::group readers(own, {});
  std::vector<std::unique_ptr<port::byte_stream>> streams;
  bool first_has_ended = false;
  for (std::size_t i = 0; i < clients.size(); ++i) {
    auto next = co_await listener.accept();
    if (!next) break;
    streams.push_back(std::move(*next));
    if (i == 0) readers.start(read_to_end(*streams.front(), first_has_ended));
    if (i == leaves_at) clients.front().close();
    if (!first_has_ended) ++met_after;
  }
  co_await readers.join();
}

TEST(UnixListener, gives_a_crowd_no_more_than_a_turn_before_others_are_served) {
  constexpr int clients = 400;
  io_fixture world;
  const auto listener = make_listener(world.loop_, world.unix_address("socket"));
  ASSERT_TRUE(listener) << listener.error();
  auto all = crowd(world.unix_address("socket"), clients);
  int met_after = 0;
  world.run(accept_crowd(**listener, all, met_after));
  EXPECT_LT(met_after, clients / 2) << "the first client left early, and its end was met behind " << met_after << " others";
}

TEST(UnixListener, takes_over_the_lock_of_a_process_that_died_with_it) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  std::ofstream(where.name + ".lock").close();
  const auto listener = make_listener(world.loop_, where);
  ASSERT_TRUE(listener) << listener.error();
  EXPECT_FALSE(exists(where.name + ".lock"));
}

TEST(UnixListener, does_not_wait_for_ever_for_a_process_that_holds_the_lock_and_is_stopped) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  const auto held = path_lock::take(where.name, std::chrono::seconds(10));
  ASSERT_TRUE(held);
  const auto listener = make_listener(world.loop_, where);
  ASSERT_FALSE(listener);
  EXPECT_THAT(listener.error(), HasSubstr("another process is about to listen"));
  EXPECT_FALSE(exists(where.name));
}

TEST(UnixListener, is_closed_beside_a_process_that_holds_the_lock_and_is_stopped) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  const auto listener = make_listener(world.loop_, where);
  ASSERT_TRUE(listener) << listener.error();
  {
    const auto held = path_lock::take(where.name, std::chrono::seconds(10));
    ASSERT_TRUE(held);
    (*listener)->close();
  }
  const auto next = make_listener(world.loop_, where);
  ASSERT_TRUE(next) << next.error();
}

TEST(UnixListener, refuses_a_lock_that_is_a_link_to_somewhere_else) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  std::filesystem::create_symlink(world.unix_address("elsewhere").name, where.name + ".lock");
  const auto listener = make_listener(world.loop_, where);
  ASSERT_FALSE(listener);
  EXPECT_THAT(listener.error(), HasSubstr("cannot lock"));
  EXPECT_FALSE(exists(world.unix_address("elsewhere").name));
}

TEST(UnixListener, refuses_a_path_that_a_live_daemon_listens_on_and_leaves_it_alone) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  const auto first = make_listener(world.loop_, where);
  ASSERT_TRUE(first);
  const auto second = make_listener(world.loop_, where);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(), HasSubstr("already listening"));
  EXPECT_TRUE(exists(where.name));
}

TEST(UnixListener, refuses_to_replace_what_is_no_socket) {
  io_fixture world;
  const auto where = world.unix_address("precious");
  std::ofstream(where.name) << "data";
  const auto listener = make_listener(world.loop_, where);
  ASSERT_FALSE(listener);
  EXPECT_THAT(listener.error(), HasSubstr("is not a socket"));
  EXPECT_EQ(std::filesystem::file_size(where.name), 4u);
}

TEST(UnixListener, takes_a_path_of_107_bytes_and_refuses_one_of_108) {
  io_fixture world;
  auto where = world.unix_address("");
  where.name.resize(106, 'd');
  std::filesystem::create_directory(where.name.substr(0, 105));
  where.name = where.name.substr(0, 105) + "/s";
  ASSERT_EQ(where.name.size(), 107u);
  const auto fits = make_listener(world.loop_, where);
  EXPECT_TRUE(fits) << fits.error();

  where.name += 's';
  const auto too_long = make_listener(world.loop_, where);
  ASSERT_FALSE(too_long);
  EXPECT_THAT(too_long.error(), HasSubstr("108 bytes"));
  EXPECT_THAT(too_long.error(), HasSubstr("holds 107"));
}

TEST(UnixListener, says_that_the_directory_is_missing) {
  io_fixture world;
  const auto listener = make_listener(world.loop_, world.unix_address("missing/socket"));
  ASSERT_FALSE(listener);
  EXPECT_THAT(listener.error(), HasSubstr("directory"));
  EXPECT_THAT(listener.error(), HasSubstr("No such file"));
}

TEST(UnixListener, close_leaves_a_file_that_another_daemon_has_put_there) {
  io_fixture world;
  const auto where = world.unix_address("socket");
  const auto first = make_listener(world.loop_, where);
  ASSERT_TRUE(first);
  std::filesystem::remove(where.name);
  const auto second = make_listener(world.loop_, where);
  ASSERT_TRUE(second) << second.error();
  (*first)->close();
  EXPECT_TRUE(exists(where.name));
}

TEST(TcpListener, resolves_port_0_and_refuses_a_port_in_use) {
  io_fixture world;
  const auto first = make_listener(world.loop_, {.kind = port::transport::tcp, .name = "127.0.0.1", .port = 0});
  ASSERT_TRUE(first) << first.error();
  const port::address where = (*first)->where();
  EXPECT_NE(where.port, 0);
  const auto second = make_listener(world.loop_, where);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(), HasSubstr("in use"));
}

TEST(TcpListener, refuses_hosts_that_others_could_reach) {
  io_fixture world;
  for (const char* host : {"0.0.0.0", "192.0.2.1", "::"}) {
    const auto listener = make_listener(world.loop_, {.kind = port::transport::tcp, .name = host, .port = 0});
    ASSERT_FALSE(listener) << host;
    EXPECT_THAT(listener.error(), HasSubstr("loopback"));
  }
  const auto named = make_listener(world.loop_, {.kind = port::transport::tcp, .name = "example.org", .port = 0});
  ASSERT_FALSE(named);
  EXPECT_THAT(named.error(), HasSubstr("neither a number nor localhost"));
}

}  // namespace
}  // namespace naild::io
