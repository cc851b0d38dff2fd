#include "harness/target/bound_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace nailbiter::target {
namespace {

constexpr int no_program = 127;

/// What the child needs, made before there is one: between fork and exec nothing may allocate.
struct start {
  std::vector<char*> words;
  const char* log;
  int standard_in;
  pid_t starter;
  int told;  // takes an errno; closed by exec
};

/// False: errno says why. Of the file nothing else stays open.
bool open_as(int wanted, const char* path, int flags) {
  const int fd = ::open(path, flags, 0600);
  if (fd < 0 || fd == wanted) return fd == wanted;
  return ::dup2(fd, wanted) == wanted && ::close(fd) == 0;
}

bool place_streams(const start& what) {
  const bool has_input = what.standard_in >= 0 ? ::dup2(what.standard_in, 0) == 0 : open_as(0, "/dev/null", O_RDONLY);
  return has_input && open_as(1, what.log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND) && ::dup2(1, 2) == 2;
}

/// Handlers of the harness must not run here, so the mask, which lets nothing through, goes last.
void forget_signals() {
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become(const start& what) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A starter that had gone before the kernel was asked will not be told of.
  if (::getppid() != what.starter) ::_exit(no_program);
  if (place_streams(what)) {
    forget_signals();
    ::execvp(what.words.front(), what.words.data());
  }
  const int error = errno;
  (void)!::write(what.told, &error, sizeof error);
  ::_exit(no_program);
}

}  // namespace

tl::expected<pid_t, int> start_bound_child(const std::vector<std::string>& argv, const std::filesystem::path& log, int standard_in) {
  std::array<int, 2> told{};
  if (::pipe2(told.data(), O_CLOEXEC) != 0) return tl::unexpected(errno);
  start what{.words = {}, .log = log.c_str(), .standard_in = standard_in, .starter = ::getpid(), .told = told[1]};
  for (const std::string& word : argv) what.words.push_back(const_cast<char*>(word.c_str()));
  what.words.push_back(nullptr);
  sigset_t all, before;
  sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  const pid_t pid = ::fork();
  if (pid == 0) become(what);
  int error = errno;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  ::close(told[1]);
  const bool failed = pid < 0 || ::read(told[0], &error, sizeof error) == sizeof error;  // the end: it has become the program
  ::close(told[0]);
  if (!failed) return pid;
  if (pid > 0) ::waitpid(pid, nullptr, 0);
  return tl::unexpected(error);
}

}  // namespace nailbiter::target
