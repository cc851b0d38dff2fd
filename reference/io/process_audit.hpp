#pragma once

// Has anything changed what the process has once? Asked when a run that could has ended; who may have done it is told.

#include <cstdint>
#include <mutex>
#include <set>

#include "reference/io/process_state.hpp"
#include "reference/port/log_sink.hpp"

namespace naild::io {

/// Any thread.
class process_audit {
 public:
  /// What is right is the state at this moment. Borrows the log.
  explicit process_audit(port::log_sink& log) : log_(log), last_(process_state::now()) {}

  /// A run of somebody's code, by its session, which is not 0.
  void begun(std::uint32_t session);

  /// It has ended; looks.
  void ended(std::uint32_t session);

  /// What has changed since the last look is one line of the log, with the sessions whose runs went on meanwhile.
  void look();

 private:
  void look_locked();

  port::log_sink& log_;
  std::mutex mutex_;
  process_state last_;
  std::set<std::uint32_t> running_;
};

}  // namespace naild::io
