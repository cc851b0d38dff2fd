// A daemon that is out of descriptors: it says so, waits, and serves whoever is still queued.

#include <array>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

constexpr int descriptors_max = 40;
constexpr int log_silence_ms_max = 60'000;

/// A client that says nothing.
class silent_client {
 public:
  explicit silent_client(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un where{.sun_family = AF_UNIX, .sun_path = {}};
    path.copy(where.sun_path, sizeof where.sun_path - 1);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
  }
  silent_client(silent_client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_) {}
  silent_client(const silent_client&) = delete;
  silent_client& operator=(const silent_client&) = delete;
  ~silent_client() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool connected() const noexcept { return connected_; }

 private:
  int fd_;
  bool connected_ = false;
};

/// The daemon's log as a pipe: one can wait for a word of it.
class log_pipe {
 public:
  explicit log_pipe(const std::string& path) {
    ::mkfifo(path.c_str(), 0600);
    fd_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  }
  log_pipe(const log_pipe&) = delete;
  log_pipe& operator=(const log_pipe&) = delete;
  ~log_pipe() { ::close(fd_); }

  bool wait_for(const std::string& word) {
    while (text_.find(word) == std::string::npos) {
      pollfd watched{.fd = fd_, .events = POLLIN, .revents = 0};
      if (::poll(&watched, 1, log_silence_ms_max) <= 0) return false;
      std::array<char, 4096> buffer;
      const auto got = ::read(fd_, buffer.data(), buffer.size());
      if (got <= 0) return false;
      text_.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return true;
  }

 private:
  int fd_ = -1;
  std::string text_;
};

TEST(Descriptors, that_have_run_out_keep_clients_queued_until_some_are_free) {
  const scratch folder;
  log_pipe log(folder / "log");
  bool all_connected = true;
  bool said_so = false;
  ended served;
  const auto daemon = run({"/usr/bin/prlimit", "--nofile=" + std::to_string(descriptors_max), program("naild"), "--enable-puppet",
                           "--log", folder / "log", "--listen", "unix:" + (folder / "s")},
                          [&](pid_t id) {
                            {
                              std::vector<silent_client> crowd;
                              for (int i = 0; i < descriptors_max; ++i) crowd.emplace_back(folder / "s");
                              for (const auto& one : crowd) all_connected = all_connected && one.connected();
                              said_so = log.wait_for("cannot accept: ");
                            }
                            served = run({program("nail"), "--socket", folder / "s", "puppet", "out served"});
                            ::kill(id, SIGTERM);
                          });
  EXPECT_TRUE(all_connected);
  EXPECT_TRUE(said_so);
  EXPECT_EQ(served.exit_code, 0) << served.err;
  EXPECT_EQ(served.out, "served");
  EXPECT_EQ(daemon.exit_code, 0);
}

}  // namespace
}  // namespace nailbiter::system_test
