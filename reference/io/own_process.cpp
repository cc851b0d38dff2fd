#include "reference/io/own_process.hpp"

#include "reference/io/fd_stream.hpp"
#include "reference/io/file_descriptor.hpp"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace naild::io {

std::vector<int> open_descriptors() {
  std::vector<int> found;
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::opendir("/proc/self/fd"), [](DIR* open) { return ::closedir(open); });
  if (!listing) return found;
  while (const dirent* entry = ::readdir(listing.get())) {
    int fd = -1;
    const auto end = entry->d_name + std::strlen(entry->d_name);
    if (std::from_chars(entry->d_name, end, fd).ptr == end && fd != ::dirfd(listing.get())) found.push_back(fd);
  }
  std::ranges::sort(found);
  return found;
}

bool is_terminal(int fd) noexcept { return ::isatty(fd) == 1; }

bool takes_a_page(int fd) noexcept {
  pollfd asked{.fd = fd, .events = POLLOUT, .revents = 0};
  return ::poll(&asked, 1, 0) == 1;
}

void write_plainly(int fd, base::byte_view text) noexcept { (void)!::write(fd, text.data(), text.size()); }

void burn_processor_ms(std::uint64_t count) noexcept {
  const auto used = [] {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000u + static_cast<std::uint64_t>(now.tv_nsec) / 1'000'000u;
  };
  for (const std::uint64_t end = used() + count; used() < end;) {
  }
}

void leave_session() noexcept { (void)::setsid(); }

void die_by(int signal_number) noexcept {
  const rlimit no_core{};
  (void)::setrlimit(RLIMIT_CORE, &no_core);
  ::signal(signal_number, SIG_DFL);
  sigset_t only;
  ::sigemptyset(&only);
  ::sigaddset(&only, signal_number);
  ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
  ::raise(signal_number);
  ::_exit(128 + signal_number);  // a signal that does not kill
}

int spawn_self(std::span<const base::bytes> arguments, kinship how) {
  std::vector<char*> words{const_cast<char*>("puppet")};
  for (const base::bytes& each : arguments) words.push_back(const_cast<char*>(each.c_str()));
  words.push_back(nullptr);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  if (how == kinship::own_session) ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, "/proc/self/exe", nullptr, &attributes, words.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  return error == 0 ? pid : -1;
}

void signal_child(int pid, int signal_number) noexcept { ::kill(pid, signal_number); }

task::task<> until_ended(loop& where, int pid) {
  // A pidfd becomes readable at the end and cannot be read: the wait is all that matters.
  file_descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  const auto watched = make_pipe_stream(where, std::move(handle));
  char nothing;
  (void)co_await watched->read_some(std::span<char>(&nothing, 1));
  ::waitpid(pid, nullptr, 0);
}

}  // namespace naild::io
