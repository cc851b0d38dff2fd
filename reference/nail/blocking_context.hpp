#pragma once

// Everything that one blocking run may use, from any of its threads: its own values, its own streams, its stop token,
// and threads that belong to it. A handle: copy it into whatever outlives the call; it stays valid after the run, and
// then its writes go to the daemon's log.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "reference/base/bytes.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/port/world.hpp"
#include "reference/stdio/exclusive_console.hpp"
#include "reference/task/sync.hpp"

namespace naild::nail {

struct blocking_state;

/// Any thread.
class blocking_context {
 public:
  explicit blocking_context(std::shared_ptr<blocking_state> shared) noexcept : shared_(std::move(shared)) {}

  base::byte_view command() const noexcept;
  std::span<const base::bytes> arguments() const noexcept;    // without the command
  std::span<const base::bytes> environment() const noexcept;  // KEY=VALUE
  base::byte_view working_dir() const noexcept;
  std::uint32_t session() const noexcept;

  /// The value of a variable of this run; nullopt when the request did not set it.
  std::optional<base::byte_view> environment(base::byte_view name) const noexcept;

  /// Waits while the client is slow. refused = nobody wants it any more (stop producing).
  stdio::delivery write_stdout(base::byte_view text) { return write(stdio::stream::standard_output, text); }
  stdio::delivery write_stderr(base::byte_view text) { return write(stdio::stream::standard_error, text); }
  stdio::delivery write(stdio::stream which, base::byte_view text);
  bool output_would_wait(std::size_t bytes) const;

  /// 1 to `bytes_max` bytes; empty = EOF or cancelled. The first call asks the client for its stdin.
  base::bytes read_stdin(std::size_t bytes_max);

  /// A line of the run's own log, to its file or its stderr; below its level it is dropped.
  void log(port::severity level, base::byte_view text);

  /// Its level and file.
  stdio::run_log& own_log() noexcept;
  port::run_log_files* log_files() noexcept;

  /// Null: another thread of the run has it.
  std::unique_ptr<stdio::exclusive_console> take_console(stdio::renderer& drawn);

  /// Requested when the client half-closes or leaves, or the daemon stops.
  std::stop_token stop() const noexcept;
  bool cancelled() const noexcept { return stop().stop_requested(); }

  /// Runs `work` on another thread, bound as the calling thread is now. The run does not end before it. False: no
  /// thread is free at once. What it throws becomes a line on stderr.
  bool start_thread(std::function<void()> work);

  /// As start_thread(), but the run does not wait for it: what it writes after the run's end goes to the log.
  bool start_background(std::function<void()> work);

  const port::world& world() const noexcept;

  /// For locks and conditions that threads of the run share beside these streams.
  task::thread_sync::place place(task::session_part guarded) const noexcept;

 private:
  std::shared_ptr<blocking_state> shared_;
};

}  // namespace naild::nail
