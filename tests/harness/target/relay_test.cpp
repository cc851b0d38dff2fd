#include "harness/target/relay.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <thread>

#include <gtest/gtest.h>

#include "harness/target/process.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::target {
namespace {

/// A daemon's end and a harness's end with a relay between them, which ends with the harness's end.
class RelayTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(directory_) << directory_.error();
    const std::string path = (directory_->path() / "d.sock").string();
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::strncpy(where.sun_path, path.c_str(), sizeof where.sun_path - 1);
    const descriptor door(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::bind(door.get(), reinterpret_cast<const sockaddr*>(&where), sizeof where), 0);
    ASSERT_EQ(::listen(door.get(), 1), 0);
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    harness_ = descriptor(ends[0]);
    relay_ = std::thread([path, end = ends[1]] {
      relay({.kind = naild::port::transport::unix_socket, .name = path}, end);
      ::close(end);
    });
    daemon_ = descriptor(::accept(door.get(), nullptr, nullptr));
    ASSERT_EQ(read(harness_), "c");
  }

  void TearDown() override {
    harness_ = descriptor();
    daemon_ = descriptor();
    if (relay_.joinable()) relay_.join();
  }

  static std::string read(const descriptor& from) {
    std::array<char, 64> buffer;
    const auto got = ::recv(from.get(), buffer.data(), buffer.size(), 0);
    return got < 0 ? std::string("error") : std::string(buffer.data(), static_cast<std::size_t>(got));
  }
  static void write(const descriptor& to, std::string_view bytes) {
    ASSERT_EQ(::send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }

  tl::expected<temporary_directory, std::string> directory_ = temporary_directory::make();
  descriptor harness_;
  descriptor daemon_;
  std::thread relay_;
};

TEST_F(RelayTest, passes_bytes_on_in_both_directions) {
  write(harness_, "up");
  EXPECT_EQ(read(daemon_), "up");
  write(daemon_, "down");
  EXPECT_EQ(read(harness_), "down");
}

TEST_F(RelayTest, passes_a_half_close_on_and_the_answer_back) {
  write(harness_, "last");
  ::shutdown(harness_.get(), SHUT_WR);
  EXPECT_EQ(read(daemon_), "last");
  EXPECT_EQ(read(daemon_), "");
  write(daemon_, "answer");
  EXPECT_EQ(read(harness_), "answer");
}

TEST_F(RelayTest, delivers_what_was_written_before_a_close) {
  write(harness_, "last");
  harness_ = descriptor();
  EXPECT_EQ(read(daemon_), "last");
  EXPECT_EQ(read(daemon_), "");
}

TEST_F(RelayTest, passes_the_daemons_end_on) {
  write(daemon_, "bye");
  daemon_ = descriptor();
  EXPECT_EQ(read(harness_), "bye");
  EXPECT_EQ(read(harness_), "");
}

}  // namespace
}  // namespace nailbiter::target
