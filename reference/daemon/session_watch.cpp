#include "reference/daemon/session_watch.hpp"

#include <utility>

namespace naild::daemon {
namespace {

// A beat may be in the socket when the limit passes on a busy daemon: the reader gets this much time to find it, from
// when the limit is seen to have passed. A daemon that stood still sees it late.
constexpr port::time_ns slack_of(port::time_ns limit) noexcept { return limit / 8; }

}  // namespace

session_watch::session_watch(deadlines& notes, port::clock& time, const limits& bounds, session_ref self)
    : notes_(notes), time_(time), bounds_(bounds), self_(std::move(self)) {}

void session_watch::on_state(session::state now) {
  if (now == state_) return;
  state_ = now;
  state_deadline_ = never;
  if (now == session::state::header) opened_at_ = time_.now();
  if (now == session::state::header) state_deadline_ = opened_at_ + port::milliseconds(bounds_.header_timeout_ms);
  if (now == session::state::lingering) state_deadline_ = time_.now() + port::milliseconds(bounds_.linger_ms);
  leave_note();
}

void session_watch::on_heartbeat() {
  if (beats_) return;
  beats_ = true;
  on_heard();
  leave_note();
}

void session_watch::resume() {
  paused_ = false;
  on_heard();
  leave_note();
}

std::optional<session::event_kind> session_watch::on_deadline(port::time_ns when) {
  if (when == note_) note_ = 0;
  const port::time_ns now = time_.now();
  std::optional<session::event_kind> ran_out;
  if (now >= state_deadline_) {
    ran_out = state_ == session::state::header ? session::event_kind::header_timed_out
                                               : session::event_kind::linger_timed_out;
    state_deadline_ = never;
  } else if (now >= next_deadline()) {
    if (suspected_) {
      ran_out = session::event_kind::heartbeat_timed_out;
      beats_ = false;  // said once
    }
    suspected_ = true;
    cut_at_ = now + slack_of(port::milliseconds(bounds_.heartbeat_timeout_ms));
  }
  leave_note();
  return ran_out;
}

void session_watch::stop() {
  if (note_ != 0) notes_.clear(self_->id, std::exchange(note_, 0));
}

port::time_ns session_watch::next_deadline() const noexcept {
  if (state_deadline_ != never) return state_deadline_;
  const bool counts = beats_ && !paused_ && state_ != session::state::lingering && state_ != session::state::closed;
  if (!counts) return never;
  if (suspected_) return cut_at_;
  return heard_at_ + port::milliseconds(bounds_.heartbeat_timeout_ms);
}

// A note that comes too early costs one look later; moving it at every chunk would cost more.
void session_watch::leave_note() {
  const port::time_ns when = next_deadline();
  if (when == never || (note_ != 0 && note_ <= when)) return;
  notes_.set(self_, when, std::exchange(note_, when));
}

}  // namespace naild::daemon
