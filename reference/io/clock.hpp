#pragma once

// The real world's time: the monotonic clock and the loop's timers.

#include "reference/port/clock.hpp"

namespace naild::io {

class loop;

class clock final : public port::clock {
 public:
  /// Borrows the loop.
  explicit clock(loop& owner) noexcept : loop_(owner) {}

  port::time_ns now() const noexcept override;
  std::unique_ptr<port::timer> make_timer(task::step_label label) override;

 private:
  loop& loop_;
};

}  // namespace naild::io
