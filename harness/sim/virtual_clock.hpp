#pragma once

// Time as the schedule moves it: from timer to timer, never by itself.

#include "harness/sim/scheduler.hpp"

namespace nailbiter::sim {

class virtual_clock final : public port::clock {
 public:
  explicit virtual_clock(scheduler& owner) noexcept : owner_(owner) {}
  port::time_ns now() const noexcept override { return owner_.now(); }
  std::unique_ptr<port::timer> make_timer(task::step_label label) override;

 private:
  scheduler& owner_;
};

}  // namespace nailbiter::sim
