#include "reference/daemon/deadlines.hpp"

namespace naild::daemon {
namespace {

constexpr task::step_label timer_label{.session = 0, .kind = task::step_kind::timer, .resource = task::clock_resource};
constexpr task::step_label wake_label{.session = 0, .kind = task::step_kind::wake, .resource = task::clock_resource};

}  // namespace

deadlines::deadlines(port::clock& time, task::strand& own)
    : time_(time), own_(own), changed_(own, wake_label), timer_(time.make_timer(timer_label)) {}

void deadlines::set(const session_ref& session, port::time_ns when, port::time_ns previous) {
  const std::lock_guard lock(mutex_);
  if (previous != 0) notes_.erase({previous, session->id});
  notes_.emplace(std::pair(when, session->id), session);
  if (when >= sleeping_until_ || wake_posted_) return;
  wake_posted_ = true;
  task::post(own_, wake_label, [this] {
    {
      const std::lock_guard again(mutex_);
      wake_posted_ = false;
    }
    wake();
  });
}

void deadlines::clear(std::uint32_t session, port::time_ns when) {
  const std::lock_guard lock(mutex_);
  notes_.erase({when, session});
}

void deadlines::stop() {
  stopping_ = true;
  wake();
}

void deadlines::wake() {
  if (on_timer_) {
    timer_->cancel();
  } else {
    changed_.set();
  }
}

task::task<> deadlines::run() {
  for (;;) {
    const port::time_ns next = reach_due();
    if (stopping_) {
      // A wake-up on its way still refers to this object.
      const std::lock_guard lock(mutex_);
      if (!wake_posted_) co_return;
    }
    if (next == never || stopping_) {
      co_await changed_;
      continue;
    }
    on_timer_ = true;
    (void)co_await timer_->until(next);
    on_timer_ = false;
  }
}

/// Tells every session that is due; returns when to look again.
port::time_ns deadlines::reach_due() {
  const port::time_ns now = time_.now();
  const std::lock_guard lock(mutex_);
  while (!notes_.empty() && notes_.begin()->first.first <= now) {
    const port::time_ns when = notes_.begin()->first.first;
    reach(notes_.begin()->second, [when](reachable_session& target) { target.on_deadline(when); });
    notes_.erase(notes_.begin());
  }
  sleeping_until_ = notes_.empty() ? never : notes_.begin()->first.first;
  return sleeping_until_;
}

}  // namespace naild::daemon
