#pragma once

// Time that only moves forward, and waiting for it. Real: the monotonic clock; simulated: moved by the schedule.

#include <cstdint>
#include <memory>

#include "reference/base/io_error.hpp"
#include "reference/task/op.hpp"

namespace naild::port {

/// Nanoseconds since an arbitrary point that is the same for the whole process.
using time_ns = std::uint64_t;

constexpr time_ns milliseconds(std::uint64_t count) noexcept { return count * 1'000'000u; }

/// Own strand only. One wait at a time.
class timer {
 public:
  virtual ~timer() = default;

  /// Completes with a value at `deadline` or later (at once if it has passed), with aborted after cancel().
  auto until(time_ns deadline) {
    return wait_.wait([this, deadline] { return start_wait(deadline); });
  }

  /// Ends a pending wait with aborted; without one it does nothing.
  virtual void cancel() noexcept = 0;

 protected:
  explicit timer(task::step_label label) : wait_(label) {}
  virtual task::started start_wait(time_ns deadline) = 0;

  task::op<base::io_result<void>> wait_;
};

class clock {
 public:
  virtual ~clock() = default;
  virtual time_ns now() const noexcept = 0;                                  // any thread
  virtual std::unique_ptr<timer> make_timer(task::step_label label) = 0;  // any thread
};

}  // namespace naild::port
