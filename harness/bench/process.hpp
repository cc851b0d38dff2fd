#pragma once

// A child process that serves on a unix socket while it is measured. Killed and reaped with its owner.

#include <string>
#include <vector>

#include <sys/types.h>

#include <tl/expected.hpp>

namespace nailbiter::bench {

class process {
 public:
  /// Starts argv[0] (looked up in PATH) in a process group of its own; its output goes to `log_path`. The error is a text.
  static tl::expected<process, std::string> start(const std::vector<std::string>& argv, const std::string& log_path);

  process(process&& other) noexcept;
  process& operator=(process&&) = delete;
  ~process();

  /// Waits until `socket_path` accepts a connection, or the process has ended, or `timeout_ms` is over.
  bool await_socket(const std::string& socket_path, int timeout_ms) const;

  pid_t id() const noexcept { return id_; }

  /// Processor time of all its threads, user and system; 0 if it has ended.
  double cpu_us() const noexcept;

  /// SIGTERM, then SIGKILL after `grace_ms`; reaps. Its wait status; -1 if it had been ended before.
  int stop(int grace_ms);

 private:
  process(pid_t id, int exit_fd) : id_(id), exit_fd_(exit_fd) {}

  pid_t id_;
  int exit_fd_;  // a pidfd: readable when the process has ended
};

/// A fresh folder for sockets and logs, removed with its owner.
class scratch_folder {
 public:
  scratch_folder();
  ~scratch_folder();
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;

  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace nailbiter::bench
