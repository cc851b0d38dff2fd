#include "harness/bench/process.hpp"

#include <chrono>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/bench/unix_socket.hpp"

extern char** environ;

namespace nailbiter::bench {
namespace {

/// A child gets default signals and an empty mask, whatever this process has changed.
void clean_signals(posix_spawnattr_t& attributes) {
  sigset_t all;
  sigset_t none;
  ::sigfillset(&all);
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
}

bool has_ended(int exit_fd, int timeout_ms) {
  pollfd watched{.fd = exit_fd, .events = POLLIN, .revents = 0};
  return ::poll(&watched, 1, timeout_ms) == 1;
}

}  // namespace

tl::expected<process, std::string> process::start(const std::vector<std::string>& argv, const std::string& log_path) {
  std::vector<char*> arguments;
  for (const auto& one : argv) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
  ::posix_spawnattr_init(&attributes);
  clean_signals(attributes);
  pid_t id = -1;
  const int error = ::posix_spawnp(&id, arguments[0], &actions, &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return tl::unexpected(fmt::format("cannot start {}: {}", argv[0], std::strerror(error)));
  return process(id, static_cast<int>(::syscall(SYS_pidfd_open, id, 0)));
}

process::process(process&& other) noexcept : id_(std::exchange(other.id_, -1)), exit_fd_(std::exchange(other.exit_fd_, -1)) {}

process::~process() { stop(0); }

bool process::await_socket(const std::string& socket_path, int timeout_ms) const {
  constexpr int pause_ms = 5;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  while (std::chrono::steady_clock::now() < deadline) {
    const int fd = connect_to(socket_path);
    if (fd >= 0) {
      ::close(fd);
      return true;
    }
    if (has_ended(exit_fd_, pause_ms)) return false;
  }
  return false;
}

double process::cpu_us() const noexcept {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

int process::stop(int grace_ms) {
  if (id_ < 0) return -1;
  if (grace_ms > 0) ::kill(id_, SIGTERM);
  if (grace_ms == 0 || !has_ended(exit_fd_, grace_ms)) ::kill(-id_, SIGKILL);
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  ::close(std::exchange(exit_fd_, -1));
  id_ = -1;
  return status;
}

scratch_folder::scratch_folder() : path_((std::filesystem::temp_directory_path() / "nailbiter-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + path_);
}

scratch_folder::~scratch_folder() {
  std::error_code ec;
  std::filesystem::remove_all(path_, ec);
}

}  // namespace nailbiter::bench
