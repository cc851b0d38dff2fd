#include "harness/target/process_sockets.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "harness/target/temporary_directory.hpp"

namespace nailbiter::target {
namespace {

TEST(ProcessSockets, are_those_at_which_it_listens) {
  const auto directory = temporary_directory::make();
  ASSERT_TRUE(directory) << directory.error();
  const auto path = (directory->path() / "s").string();
  const auto self = static_cast<std::int32_t>(::getpid());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un where{};
  where.sun_family = AF_UNIX;
  ASSERT_LT(path.size(), sizeof where.sun_path);
  std::memcpy(where.sun_path, path.data(), path.size());
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&where), sizeof where), 0);
  EXPECT_TRUE(unix_listeners_of(self).empty());
  ASSERT_EQ(::listen(fd, 1), 0);
  EXPECT_EQ(unix_listeners_of(self), std::vector<std::string>{"unix:" + path});
  ::close(fd);
  EXPECT_TRUE(unix_listeners_of(0).empty());
}

}  // namespace
}  // namespace nailbiter::target
