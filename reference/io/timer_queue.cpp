#include "reference/io/timer_queue.hpp"

#include <chrono>

#include "reference/io/run_queue.hpp"

namespace naild::io {

port::time_ns monotonic_now() noexcept {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<port::time_ns>(std::chrono::nanoseconds(since).count());
}

timer_queue::key timer_queue::arm(port::time_ns deadline, wait_op& waiting) {
  std::lock_guard lock(mutex_);
  const key mine{deadline, ++last_sequence_};
  armed_.emplace(mine, &waiting);
  if (!set_for_ || deadline < *set_for_) set_kernel_timer(deadline);
  return mine;
}

bool timer_queue::disarm(const key& armed) {
  std::lock_guard lock(mutex_);
  return armed_.erase(armed) == 1;
}

// Under the mutex. Setting it again ends the wait that was there.
void timer_queue::set_kernel_timer(port::time_ns deadline) {
  set_for_ = deadline;
  kernel_timer_.expires_at(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(deadline)));
  kernel_timer_.async_wait([this](const boost::system::error_code& ec) {
    if (ec) return;
    handler_scope scope;
    fire();
  });
}

void timer_queue::fire() {
  std::lock_guard lock(mutex_);  // completing only posts: it runs nothing here
  set_for_.reset();
  const port::time_ns now = monotonic_now();
  while (!armed_.empty() && armed_.begin()->first.first <= now) {
    wait_op* due = armed_.begin()->second;
    armed_.erase(armed_.begin());
    due->complete({});
  }
  if (!armed_.empty()) set_kernel_timer(armed_.begin()->first.first);
}

}  // namespace naild::io
