#pragma once

// One simulated process as its program sees it, and what a program is. Programs are given from outside: the world knows
// no puppet. A process and its relatives (what it has spawned) share one strand and their output pipes.

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "harness/sim/stream.hpp"
#include "reference/port/process.hpp"
#include "reference/task/event.hpp"
#include "reference/task/task.hpp"

namespace nailbiter::sim {

class child;
class family;

/// Own strand only.
class program {
 public:
  virtual ~program() = default;

  /// The exit code, of which eight bits count, or -N: it ends itself by signal N. Ends soon after interrupt_waits().
  virtual task::task<std::int32_t> run(child& self) = 0;

  /// Does it handle the signal? Else the signal ends the process. Never asked about SIGKILL.
  virtual bool catches(int) const noexcept { return false; }
  virtual void signalled(int) {}

  /// The process dies: waits that are not on its streams must end; nothing that it does counts any more.
  virtual void interrupt_waits() {}
};

/// The writing end of an output pipe, shared by the relatives that inherited it: closed when the last one has ended.
struct output_end {
  std::unique_ptr<stream> pipe;
  bool busy = false;
  std::deque<task::event*> waiting{};
};

/// Own strand only.
class child {
 public:
  child(family& of, const port::process_request& request, std::unique_ptr<program> work, std::uint32_t session, std::int32_t pid);
  ~child();
  child(const child&) = delete;
  child& operator=(const child&) = delete;

  const port::process_request& request() const noexcept { return request_; }
  std::int32_t pid() const noexcept { return pid_; }
  std::uint32_t session() const noexcept { return session_; }
  task::strand& strand() noexcept;

  /// `fd` 1 or 2. False: nobody reads it, or the process dies.
  task::task<bool> write(int fd, std::string_view text);
  /// Empty: end of its stdin, or it is closed.
  task::task<std::string> read(std::size_t bytes_max);
  void close_stdin() noexcept;
  /// Would a write of so many bytes have to wait now?
  bool would_wait(int fd, std::size_t bytes) const noexcept;

  /// Ends its waits on its streams, and every later use of them. A pipe that a relative holds too stays open: a write
  /// that waits there ends when the pipe moves.
  void stop_io() noexcept;

  /// The signal that ends it, 0 = none.
  int dying() const noexcept { return dying_; }
  void die_by(int signal_number);

  /// A relative of the same program; returns at its end or when this process dies.
  task::task<> spawn(std::vector<std::string> arguments);
  /// A relative outside the process group, not waited for.
  void spawn_orphan(std::vector<std::string> arguments);
  void leave_group() noexcept { in_group_ = false; }

 private:
  friend class family;

  family& family_;
  port::process_request request_;
  std::unique_ptr<program> program_;
  std::uint32_t session_;
  std::int32_t pid_;
  std::unique_ptr<port::byte_stream> in_{};     // none: stdin is at its end
  std::shared_ptr<output_end> out_[2] = {};    // owners: the relatives that write to it
  task::event turn_;                           // a shared output is free, or a relative has ended
  child* waited_for_by_ = nullptr;
  bool relative_ended_ = false;
  bool in_group_ = true;
  bool io_stopped_ = false;
  int dying_ = 0;
};

}  // namespace nailbiter::sim
