#pragma once

// Child processes as the core sees them: real ones, or the simulator's scripted ones. A run's child leads a process
// group of its own and is given exactly the run's environment and directory, nothing of the daemon's.

#include <csignal>
#include <cstdint>
#include <memory>
#include <vector>

#include "reference/base/bytes.hpp"
#include "reference/port/byte_stream.hpp"

namespace naild::port {

struct process_request {
  base::bytes program;                   // without a slash it is looked up in the PATH of `environment`
  std::vector<base::bytes> arguments;    // argv[1...]
  std::vector<base::bytes> environment;  // KEY=VALUE
  base::bytes working_dir;
};

/// Why there is no process; the exit code of the run in protocol.md is 127 for not_found, 126 for the others.
enum class spawn_error : std::uint8_t { not_found, not_executable, bad_working_dir, no_resources };

constexpr const char* describe(spawn_error error) noexcept {
  switch (error) {
    case spawn_error::not_found: return "no such command in the run's PATH";
    case spawn_error::not_executable: return "the command cannot be executed";
    case spawn_error::bad_working_dir: return "the working directory cannot be entered";
    case spawn_error::no_resources: return "out of processes, descriptors or memory";
  }
  return "unknown spawn error";
}

/// Own strand only. Destroying it kills the group, reaps the leader and closes the pipes.
class process {
 public:
  virtual ~process() = default;

  /// This side's ends of the child's pipes. stdin is only written (close() is the child's EOF), the others only read.
  virtual byte_stream& standard_in() noexcept = 0;
  virtual byte_stream& standard_out() noexcept = 0;
  virtual byte_stream& standard_err() noexcept = 0;

  /// Completes when the leader has ended: its exit code, or -N when signal N ended it. The leader is not reaped yet, so
  /// its group id cannot belong to anybody else while the group is signalled.
  auto exited() {
    return exited_.wait([this] { return start_exited(); });
  }

  /// Sends a signal to the whole group; after reap() it does nothing.
  virtual void signal_group(int signal_number) noexcept = 0;

  /// After exited(): kills what is left of the group and reaps the leader. Idempotent.
  virtual void reap() noexcept = 0;

  virtual std::int32_t pid() const noexcept = 0;

 protected:
  explicit process(task::step_label label) : exited_(label) {}
  virtual task::started start_exited() = 0;

  task::op<base::io_result<std::int32_t>> exited_;
};

/// Any thread.
class process_spawner {
 public:
  virtual ~process_spawner() = default;

  /// `session` names the process's steps in schedules.
  virtual tl::expected<std::unique_ptr<process>, spawn_error> spawn(const process_request& what, std::uint32_t session) = 0;
};

}  // namespace naild::port
