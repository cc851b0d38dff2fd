#pragma once

// The log of ONE run: which of its lines are wanted, and whether they go to a file. Carried by whatever is bound to the
// run, so beside it other runs have theirs. Knows no stream: what belongs on stderr is handed back.

#include <atomic>
#include <memory>
#include <mutex>

#include "reference/base/bytes.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/port/run_log_files.hpp"

namespace naild::stdio {

/// Any thread. Owners: the run's context, and its destination where it has threads.
class run_log {
 public:
  /// Lines below it are dropped; info at first.
  void set_level(port::severity least) noexcept { least_.store(least, std::memory_order_relaxed); }

  /// Null, as at first: to the run's stderr.
  void set_file(std::shared_ptr<port::run_log_file> file);

  /// Takes one line, "[warning] text". What is to be written to the run's stderr: nothing when it is not wanted, or is in
  /// the file.
  base::bytes take(port::severity level, base::byte_view text);

 private:
  std::atomic<port::severity> least_{port::severity::info};
  std::mutex mutex_;
  std::shared_ptr<port::run_log_file> file_;
};

}  // namespace naild::stdio
