#pragma once

// One timer for all sessions. Most deadlines are never reached, so a session only leaves a note, and one task sleeps
// until the earliest: no timer, no system call and no task of its own for a session that ends in time.

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "reference/daemon/session_handle.hpp"
#include "reference/port/clock.hpp"
#include "reference/task/event.hpp"
#include "reference/task/recycling.hpp"
#include "reference/task/task.hpp"

namespace naild::daemon {

class deadlines {
 public:
  /// run() and stop() on `own`.
  deadlines(port::clock& time, task::strand& own);

  /// Calls on_deadline() of the session at `when` or later. Any thread. A session has one note: `previous` is the time
  /// of the one that this replaces (0 = none, or it was called).
  void set(const session_ref& session, port::time_ns when, port::time_ns previous);

  /// Takes the note away. Any thread; before the session's strand is retired.
  void clear(std::uint32_t session, port::time_ns when);

  /// Ends after stop().
  task::task<> run();
  void stop();

 private:
  using note = std::pair<port::time_ns, std::uint32_t>;

  static constexpr port::time_ns never = std::numeric_limits<port::time_ns>::max();

  port::time_ns reach_due();
  void wake();

  port::clock& time_;
  task::strand& own_;
  task::event changed_;
  std::unique_ptr<port::timer> timer_;
  bool on_timer_ = false;
  bool stopping_ = false;

  std::mutex mutex_;  // of what follows
  std::map<note, session_ref, std::less<>, task::recycling<std::pair<const note, session_ref>>> notes_;
  port::time_ns sleeping_until_ = never;
  bool wake_posted_ = false;
};

}  // namespace naild::daemon
