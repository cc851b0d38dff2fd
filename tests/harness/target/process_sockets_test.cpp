#include "harness/target/process_sockets.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "harness/target/process.hpp"
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
  // Renamed, it is known by the command line only.
  ASSERT_EQ(::rename(path.c_str(), (path + "2").c_str()), 0);
  EXPECT_TRUE(unix_listeners_of(self).empty());
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  auto named = process::start({"/bin/sh", "-c", "echo begun; read line", "unix:" + path + "2"}, directory->path() / "log", ends[0]);
  ASSERT_TRUE(named) << named.error();
  ASSERT_TRUE(named->wait_for_output("begun", milliseconds(10'000)));
  EXPECT_EQ(unix_listeners_of(named->pid()), std::vector<std::string>{"unix:" + path + "2"});
  ::close(ends[0]);
  ::close(ends[1]);
  ::close(fd);
  EXPECT_TRUE(unix_listeners_of(0).empty());
}

}  // namespace
}  // namespace nailbiter::target
