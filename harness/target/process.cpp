#include "harness/target/process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <regex>
#include <utility>

#include <fmt/core.h>

#include "harness/target/bound_child.hpp"

namespace nailbiter::target {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t ready_bytes_max = 64 * 1024;
constexpr milliseconds kill_wait_ms_max{5'000};

int milliseconds_left(clock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - clock::now()).count();
  return static_cast<int>(std::clamp<long>(left, 0, 1'000'000));
}

}  // namespace

descriptor::~descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

process::process(std::int32_t pid, descriptor handle, std::filesystem::path log)
    : pid_(pid), handle_(std::move(handle)), log_(std::move(log)) {}

process::process(process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), handle_(std::move(other.handle_)), log_(std::move(other.log_)), status_(other.status_), cpu_us_(other.cpu_us_) {}

process::~process() {
  if (ended()) return;
  signal_group(SIGKILL);
  wait(kill_wait_ms_max);
}

tl::expected<process, std::string> process::start(const std::vector<std::string>& argv, const std::filesystem::path& log,
                                                     int standard_in) {
  if (argv.empty()) return tl::unexpected(std::string("no command to start"));
  const auto pid = start_bound_child(argv, log, standard_in);
  if (!pid) return tl::unexpected(fmt::format("cannot start {}: {}", argv.front(), std::strerror(pid.error())));
  descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, *pid, 0)));
  return process(*pid, std::move(handle), log);
}

std::optional<int> process::ended() {
  if (pid_ < 0) return 0;  // moved away: nothing is left to wait for
  siginfo_t info{};
  if (status_ || ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid_) return status_;
  // Not reaped yet, so the group's number is still its own: what outlives its leader goes with it.
  signal_group(SIGKILL);
  int status = 0;
  rusage used{};
  ::wait4(pid_, &status, 0, &used);
  const auto us = [](const timeval& time) { return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(time.tv_usec); };
  cpu_us_ = us(used.ru_utime) + us(used.ru_stime);
  status_ = status;
  return status_;
}

std::optional<int> process::wait(milliseconds at_most) {
  const auto deadline = clock::now() + at_most;
  while (!ended()) {
    pollfd watched{.fd = handle_.get(), .events = POLLIN, .revents = 0};
    const int count = ::poll(&watched, 1, milliseconds_left(deadline));
    if (count == 0 || (count < 0 && errno != EINTR)) return ended();
  }
  return status_;
}

std::optional<std::string> process::wait_for_output(const std::string& pattern, milliseconds at_most) {
  const auto deadline = clock::now() + at_most;
  const descriptor changes(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  // The child made the file before its first instruction.
  ::inotify_add_watch(changes.get(), log_.c_str(), IN_MODIFY);
  const std::regex expression(pattern);
  for (;;) {
    const std::string text = output(0, ready_bytes_max);
    std::smatch match;
    if (std::regex_search(text, match, expression)) return match.size() > 1 ? match[1].str() : match[0].str();
    if (ended()) return std::nullopt;
    std::array<pollfd, 2> watched{pollfd{.fd = changes.get(), .events = POLLIN, .revents = 0},
                                  pollfd{.fd = handle_.get(), .events = POLLIN, .revents = 0}};
    const int count = ::poll(watched.data(), watched.size(), milliseconds_left(deadline));
    if (count == 0 || (count < 0 && errno != EINTR)) return std::nullopt;
    std::array<char, 4096> ignored;
    while (::read(changes.get(), ignored.data(), ignored.size()) > 0) {
    }
  }
}

std::string process::output(std::uint64_t offset, std::size_t bytes_max) const {
  std::ifstream file(log_, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  std::string text(bytes_max, '\0');
  file.read(text.data(), static_cast<std::streamsize>(bytes_max));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return text;
}

std::uint64_t process::output_bytes() const {
  std::error_code error;
  const auto size = std::filesystem::file_size(log_, error);
  return error ? 0 : size;
}

void process::forget_output() const {
  std::error_code ignored;
  std::filesystem::resize_file(log_, 0, ignored);
}

void process::stop(milliseconds grace) {
  if (pid_ < 0 || ended()) return;
  signal_group(SIGTERM);
  if (wait(grace)) return;
  signal_group(SIGKILL);
  wait(kill_wait_ms_max);
}

void process::signal_group(int number) const noexcept {
  if (pid_ > 0 && !status_) ::kill(-pid_, number);
}

}  // namespace nailbiter::target
