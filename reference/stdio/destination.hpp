#pragma once

// Where the standard streams and the log lines of ONE run go: its console while it has one, later the sink. Shared by
// all threads of the run, so that one call detaches them all.

#include <cstdint>
#include <memory>

#include "reference/port/log_sink.hpp"
#include "reference/stdio/run_log.hpp"
#include "reference/stdio/shared_input.hpp"
#include "reference/stdio/shared_output.hpp"

namespace naild::stdio {

/// Any thread. Owners: the session while the run lasts, and every thread that is bound to it.
class destination final : private late_sink {
 public:
  /// Borrows the sink and the threads' control for ever and the watchers until detach().
  destination(std::uint32_t session, port::log_sink& sink, output_watcher& output, input_watcher& input,
              std::shared_ptr<run_log> log = std::make_shared<run_log>(), task::thread_control* threads = nullptr);

  shared_output& output() noexcept { return output_; }
  shared_input& input() noexcept { return input_; }
  std::uint32_t session() const noexcept { return session_; }

  /// The run's own level and file.
  run_log& own_log() noexcept { return *log_; }

  /// One line of the run's log, to its file or its stderr.
  void log(port::severity level, base::byte_view text);

  /// The run has ended or its client has left: for all its threads at once.
  void detach();

 private:
  void late_output(stream which, base::byte_view text) noexcept override;

  std::uint32_t session_;
  port::log_sink& sink_;
  std::shared_ptr<run_log> log_;
  shared_output output_;
  shared_input input_;
};

using destination_ref = std::shared_ptr<destination>;

}  // namespace naild::stdio
