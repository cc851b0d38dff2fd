#pragma once

// Signals of the process as something a task awaits.

#include <csignal>
#include <initializer_list>
#include <memory>

#include "reference/base/io_error.hpp"
#include "reference/task/op.hpp"

namespace naild::io {

class loop;

/// Own strand only. From its making on the named signals no longer end the process; those that come while nobody waits
/// are kept. One wait at a time.
class signals {
 public:
  signals(loop& owner, std::initializer_list<int> numbers);
  signals(const signals&) = delete;
  signals& operator=(const signals&) = delete;
  ~signals();

  /// The number of the next signal, or aborted after cancel().
  auto next() {
    return next_.wait([this] { return start_next(); });
  }

  /// One more; no effect when it is named already or cannot be caught.
  void add(int number) noexcept;

  /// Ends a pending wait with aborted; without one it does nothing.
  void cancel() noexcept;

 private:
  struct registered;

  task::started start_next();

  std::unique_ptr<registered> registered_;
  task::op<base::io_result<int>> next_{{.kind = task::step_kind::wake}};
};

/// Writing to a pipe that nobody reads is then an error value. Call it once, in main: it is process-wide.
void ignore_broken_pipes() noexcept;

}  // namespace naild::io
