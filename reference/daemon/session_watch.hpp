#pragma once

// The deadlines of one session: its header, its client's silence, the linger after `X`. Knows time and the session's
// state; knows no chunks and no sockets.

#include <optional>

#include "reference/daemon/deadlines.hpp"
#include "reference/daemon/limits.hpp"
#include "reference/session/machine.hpp"

namespace naild::daemon {

/// Own strand only.
class session_watch {
 public:
  session_watch(deadlines& notes, port::clock& time, const limits& bounds, session_ref self);

  /// The machine is in this state now; starts the deadline that belongs to it.
  void on_state(session::state now);

  /// When its header began.
  port::time_ns opened_at() const noexcept { return opened_at_; }

  /// The client beats: from now on its silence counts.
  void on_heartbeat();

  /// Bytes came in, or the session begins to read again.
  void on_heard() noexcept {
    if (beats_) heard_at_ = time_.now();
    suspected_ = false;
  }

  /// While the daemon itself does not read, silence says nothing.
  void pause() noexcept { paused_ = true; }
  void resume();

  /// The note for `when` has been taken away: what has run out, if anything.
  std::optional<session::event_kind> on_deadline(port::time_ns when);

  /// The session's end: takes the note away.
  void stop();

 private:
  static constexpr port::time_ns never = std::numeric_limits<port::time_ns>::max();

  port::time_ns next_deadline() const noexcept;
  void leave_note();

  deadlines& notes_;
  port::clock& time_;
  const limits& bounds_;
  session_ref self_;
  session::state state_ = session::state::closed;
  port::time_ns state_deadline_ = never;  // of the header or of the linger
  port::time_ns opened_at_ = 0;
  port::time_ns heard_at_ = 0;
  port::time_ns note_ = 0;  // what `notes_` holds for this session; 0 = nothing
  bool beats_ = false;
  bool paused_ = false;
  bool suspected_ = false;       // was silent for the limit, has the slack to go
  port::time_ns cut_at_ = 0;     // when it is suspected: the end of the slack
};

}  // namespace naild::daemon
