#include "reference/io/standard_descriptors.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace naild::io {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool takes_stderr = false;
#else
constexpr bool takes_stderr = true;
#endif

constexpr int pipe_bytes = 1 << 20;  // what an unprivileged process may have; pages are used as they are filled
constexpr int rescued_pieces_max = 256;
constexpr int reader_ms_max = 50;  // another thread may have taken some, and not logged it yet

/// A handler of signals is given nothing: what it needs has to stand somewhere. Set once, before there are threads.
struct handover {
  std::atomic<int> from{-1};
  std::atomic<int> to{-1};
};
constinit handover last_words;

// A standard descriptor that is closed would become a socket's.
void fill_gaps() noexcept {
  int fd = 0;
  do fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd > STDERR_FILENO) ::close(fd);
}

file_descriptor duplicate(int fd) noexcept { return file_descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)); }

// Only calls that a handler may make. The action is the default again: the signal that waits kills when we return.
void copy_last_words(int number) {
  char piece[4096];
  for (int count = 0; count < rescued_pieces_max; ++count) {
    const ssize_t got = ::read(last_words.from, piece, sizeof piece);
    if (got <= 0 || ::write(last_words.to, piece, static_cast<std::size_t>(got)) < 0) break;
  }
  (void)::poll(nullptr, 0, reader_ms_max);
  (void)::raise(number);
}

}  // namespace

standard_descriptors take_standard_descriptors() noexcept {
  fill_gaps();
  (void)::close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);  // before Linux 5.11 they stay as they are
  standard_descriptors taken{.out = duplicate(STDOUT_FILENO), .err = duplicate(STDERR_FILENO), .stray = {}};
  if (const file_descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC)); nothing) ::dup2(nothing.get(), STDIN_FILENO);
  int ends[2];
  if (!taken.out || !taken.err || ::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return taken;
  taken.stray = file_descriptor(ends[0]);
  const file_descriptor write(ends[1]);
  (void)::fcntl(write.get(), F_SETPIPE_SZ, pipe_bytes);
  ::dup2(write.get(), STDOUT_FILENO);
  if (takes_stderr) ::dup2(write.get(), STDERR_FILENO);
  ::setvbuf(stdout, nullptr, _IOLBF, 0);  // a line is known when it has been written
  return taken;
}

void give_back_standard_descriptors(const standard_descriptors& taken) noexcept {
  if (!taken.stray) return;
  ::fflush(stdout);
  ::dup2(taken.out.get(), STDOUT_FILENO);
  ::dup2(taken.err.get(), STDERR_FILENO);
}

void rescue_last_words(int stray, int log) noexcept {
  last_words.from = stray;
  last_words.to = log;
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    struct sigaction now {};
    if (::sigaction(number, nullptr, &now) != 0 || now.sa_handler != SIG_DFL) continue;  // somebody's own
    now.sa_handler = copy_last_words;
    now.sa_flags = static_cast<int>(SA_RESETHAND);
    (void)::sigaction(number, &now, nullptr);
  }
}

}  // namespace naild::io
