#pragma once

// Everything that one run may use: its own values, its own streams, its own token, and the world's ports. There is
// nothing else: no process environment, no working directory of the process, no standard descriptors.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "reference/base/bytes.hpp"
#include "reference/nail/cancel_token.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/port/run_log_files.hpp"
#include "reference/port/world.hpp"
#include "reference/stdio/output_queue.hpp"
#include "reference/stdio/run_log.hpp"
#include "reference/stdio/stdin_pipe.hpp"

namespace naild::nail {

/// The request of a run, borrowed from its session.
struct run_values {
  base::byte_view command;
  std::span<const base::bytes> arguments;    // without the command
  std::span<const base::bytes> environment;  // KEY=VALUE, each key once
  base::byte_view working_dir;
};

/// The value of KEY=VALUE in `environment`; nullopt when there is none.
std::optional<base::byte_view> value_of(base::byte_view name, std::span<const base::bytes> environment) noexcept;

/// Own strand only; lives longer than the nail's task.
class nail_context {
 public:
  struct parts {
    task::strand& where;
    std::uint32_t session;
    const port::world& world;
    port::log_sink& log;
    stdio::output_queue& output;
    stdio::stdin_pipe& input;
    cancel_token& token;
    port::run_log_files* log_files = nullptr;  // null: no run logs to a file
  };

  nail_context(run_values values, parts lent) noexcept : values_(values), parts_(lent) {}

  const run_values& values() const noexcept { return values_; }
  std::span<const base::bytes> arguments() const noexcept { return values_.arguments; }

  /// The value of a variable of this run; nullopt when the request did not set it.
  std::optional<base::byte_view> environment(base::byte_view name) const noexcept {
    return value_of(name, values_.environment);
  }

  /// Waits while the client is slow; refused = nobody wants it any more (stop producing).
  task::task<stdio::delivery> write_stdout(base::byte_view text) {
    return parts_.output.write(stdio::stream::standard_output, text);
  }
  task::task<stdio::delivery> write_stderr(base::byte_view text) {
    return parts_.output.write(stdio::stream::standard_error, text);
  }

  /// Would a write of so many bytes have to wait now?
  bool output_would_wait(std::size_t bytes) const noexcept { return parts_.output.would_wait(bytes); }

  /// From now on a write that finds no room is refused instead of waiting, as after a cancel.
  void stop_waiting_for_output() noexcept { parts_.output.stop_waiting(); }

  /// A cancel is not to do that: the nail does it itself, after a time that it bounds.
  void wait_for_output_beyond_cancel() noexcept { parts_.output.wait_beyond_cancel(); }

  /// 1 to `bytes_max` bytes; empty = EOF or cancelled. The first call asks the client for its stdin.
  task::task<base::bytes> read_stdin(std::size_t bytes_max) { return parts_.input.read(bytes_max); }
  void stop_reading_stdin() { parts_.input.stop(); }

  /// A line of the run's own log, to its file or its stderr; below its level it is dropped.
  task::task<> write_log(port::severity level, base::byte_view text);

  /// Its level and file; made at the first call. Never null.
  const std::shared_ptr<stdio::run_log>& own_log();
  port::run_log_files* log_files() noexcept { return parts_.log_files; }

  bool cancelled() const noexcept { return parts_.token.fired(); }
  cancel_token& token() noexcept { return parts_.token; }
  task::task<> until_cancelled();

  task::strand& strand() noexcept { return parts_.where; }
  std::uint32_t session() const noexcept { return parts_.session; }
  const port::world& world() const noexcept { return parts_.world; }

  /// The daemon's log.
  port::log_sink& log() noexcept { return parts_.log; }

 private:
  run_values values_;
  parts parts_;
  std::shared_ptr<stdio::run_log> own_log_{};  // most runs never log
};

}  // namespace naild::nail
