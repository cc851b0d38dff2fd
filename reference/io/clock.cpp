#include "reference/io/clock.hpp"

#include "reference/io/loop.hpp"
#include "reference/io/timer_queue.hpp"

namespace naild::io {
namespace {

class queued_timer final : public port::timer {
 public:
  queued_timer(timer_queue& queue, task::step_label label) : timer(label), queue_(queue) {}
  ~queued_timer() override { disarm(); }

  void cancel() noexcept override {
    if (disarm()) wait_.complete(tl::unexpected(base::io_error::aborted));
  }

 private:
  task::started start_wait(port::time_ns deadline) override {
    if (deadline <= monotonic_now()) return wait_.finish({});
    armed_ = queue_.arm(deadline, wait_);
    return task::started::pending;
  }

  bool disarm() noexcept {
    if (!armed_) return false;
    const bool was_armed = queue_.disarm(*armed_);
    armed_.reset();
    return was_armed;
  }

  timer_queue& queue_;
  std::optional<timer_queue::key> armed_;
};

}  // namespace

port::time_ns clock::now() const noexcept { return monotonic_now(); }

std::unique_ptr<port::timer> clock::make_timer(task::step_label label) {
  return std::make_unique<queued_timer>(loop_.timers(), label);
}

}  // namespace naild::io
