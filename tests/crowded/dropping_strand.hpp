#pragma once

// A strand and a clock for what is called from many threads at once: a posted step is dropped where it is posted.

#include <memory>

#include "reference/port/clock.hpp"
#include "reference/task/strand.hpp"

namespace crowded {

struct dropping_strand final : naild::task::strand {
  void post(naild::task::step& next) noexcept override { next.act(&next, naild::task::disposition::drop); }
  bool running_here() const noexcept override { return true; }
};

struct stopped_clock final : naild::port::clock {
  naild::port::time_ns now() const noexcept override { return 1; }
  std::unique_ptr<naild::port::timer> make_timer(naild::task::step_label) override { return nullptr; }
};

}  // namespace crowded
