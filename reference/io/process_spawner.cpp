#include "reference/io/process_spawner.hpp"

#include "reference/io/fd_stream.hpp"
#include "reference/io/file_descriptor.hpp"
#include "reference/io/loop.hpp"
#include "reference/io/program_lookup.hpp"
#include "reference/io/run_queue.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace naild::io {
namespace {

struct pipe_ends {
  file_descriptor read;
  file_descriptor write;
};

bool open_pipe(pipe_ends& ends) {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return false;
  ends.read = file_descriptor(fds[0]);
  ends.write = file_descriptor(fds[1]);
  return true;
}

class child_process final : public port::process {
 public:
  child_process(loop& owner, pid_t pid, file_descriptor pidfd, std::array<std::unique_ptr<port::byte_stream>, 3> pipes,
                std::uint32_t session)
      : process(task::label_of(session, task::step_kind::wake, task::session_part::state)),
        pid_(pid), pidfd_(owner.context(), pidfd.release()), pipes_(std::move(pipes)) {}

  ~child_process() override { reap(); }

  port::byte_stream& standard_in() noexcept override { return *pipes_[0]; }
  port::byte_stream& standard_out() noexcept override { return *pipes_[1]; }
  port::byte_stream& standard_err() noexcept override { return *pipes_[2]; }
  std::int32_t pid() const noexcept override { return pid_; }

  void signal_group(int signal_number) noexcept override {
    if (!reaped_) ::kill(-pid_, signal_number);
  }

  // The group is killed while its leader is still a zombie: until it is reaped, nobody else can get the group's id.
  void reap() noexcept override {
    if (std::exchange(reaped_, true)) return;
    ::kill(-pid_, SIGKILL);
    siginfo_t how{};
    while (::waitid(P_PID, static_cast<id_t>(pid_), &how, WEXITED) != 0 && errno == EINTR) {
    }
    boost::system::error_code ignored;
    pidfd_.close(ignored);
  }

 protected:
  task::started start_exited() override {
    wait_for_exit();
    return task::started::pending;
  }

 private:
  // Readiness is a hint, as for every descriptor of a loop with several threads: the kernel says whether it has ended.
  void wait_for_exit() {
    pidfd_.async_wait(pidfd_.wait_read, [this](boost::system::error_code ec) {
      handler_scope scope;
      if (ec) return exited_.complete_dispatch(tl::unexpected(base::io_error::aborted));
      siginfo_t how{};
      ::waitid(P_PID, static_cast<id_t>(pid_), &how, WEXITED | WNOWAIT | WNOHANG);
      if (how.si_pid == 0) return wait_for_exit();
      exited_.complete_dispatch(how.si_code == CLD_EXITED ? how.si_status : -how.si_status);
    });
  }

  pid_t pid_;
  boost::asio::posix::stream_descriptor pidfd_;
  std::array<std::unique_ptr<port::byte_stream>, 3> pipes_;
  bool reaped_ = false;
};

std::vector<char*> pointers_of(const std::vector<base::bytes>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const base::bytes& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Gives the error number of posix_spawn; the child leads its own group and inherits nothing but the three pipes.
int spawn_group(const base::bytes& path, const port::process_request& what, const std::array<int, 3>& standard_fds, pid_t& pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  for (int fd = 0; fd < 3; ++fd) ::posix_spawn_file_actions_adddup2(&actions, standard_fds[static_cast<std::size_t>(fd)], fd);
  // Our own descriptors close by themselves; those that we were started with need not.
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  ::posix_spawn_file_actions_addchdir_np(&actions, what.working_dir.c_str());
  sigset_t all;
  sigset_t none;
  ::sigfillset(&all);
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  std::vector<base::bytes> words{what.program};
  words.insert(words.end(), what.arguments.begin(), what.arguments.end());
  const auto argv = pointers_of(words);
  const auto envp = pointers_of(what.environment);
  const int error = ::posix_spawn(&pid, path.c_str(), &actions, &attributes, argv.data(), envp.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

port::spawn_error error_of(int number) {
  return number == EAGAIN || number == ENOMEM || number == EMFILE || number == ENFILE ? port::spawn_error::no_resources
                                                                                        : port::spawn_error::not_executable;
}

bool can_enter(const base::bytes& directory) {
  struct stat about {};
  return ::stat(directory.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && ::access(directory.c_str(), X_OK) == 0;
}

}  // namespace

tl::expected<std::unique_ptr<port::process>, port::spawn_error> process_spawner::spawn(const port::process_request& what,
                                                                                       std::uint32_t session) {
  if (!can_enter(what.working_dir)) return tl::unexpected(port::spawn_error::bad_working_dir);
  const auto path = find_program(what);
  if (!path) return tl::unexpected(path.error());
  pipe_ends in;
  pipe_ends out;
  pipe_ends err;
  if (!open_pipe(in) || !open_pipe(out) || !open_pipe(err)) return tl::unexpected(port::spawn_error::no_resources);
  pid_t pid = 0;
  const int error = spawn_group(*path, what, {in.read.get(), out.write.get(), err.write.get()}, pid);
  if (error != 0) return tl::unexpected(error_of(error));
  file_descriptor pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));  // close-on-exec by nature
  if (!pidfd) {
    ::kill(-pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    return tl::unexpected(port::spawn_error::no_resources);
  }
  std::array<std::unique_ptr<port::byte_stream>, 3> pipes{make_pipe_stream(loop_, std::move(in.write)),
                                                          make_pipe_stream(loop_, std::move(out.read)),
                                                          make_pipe_stream(loop_, std::move(err.read))};
  return std::make_unique<child_process>(loop_, pid, std::move(pidfd), std::move(pipes), session);
}

}  // namespace naild::io
