#pragma once

// How others reach a session: by a step of its strand. A handle outlives its session, so that a step on its way never
// finds a dead one.

#include <cstdint>
#include <memory>
#include <utility>

#include "reference/nail/administration.hpp"
#include "reference/port/clock.hpp"
#include "reference/session/event.hpp"
#include "reference/task/strand.hpp"

namespace naild::daemon {

/// The session's end of it; called on the session's strand.
class reachable_session {
 public:
  virtual void on_event(session::event what) = 0;
  virtual void on_deadline(port::time_ns when) = 0;  // the note for `when` has been taken away
  virtual nail::session_report describe() const = 0;
  virtual void abandon() = 0;  // it has outlived every limit: reset its connection

 protected:
  ~reachable_session() = default;
};

/// Owners: the session itself, the table's entry, and steps on their way.
struct session_handle {
  session_handle(std::uint32_t session, task::strand& strand) : id(session), where(strand) {}

  std::uint32_t id;
  task::strand& where;
  reachable_session* target = nullptr;  // own strand only; nullptr once the session has ended
};

using session_ref = std::shared_ptr<session_handle>;

/// Calls `what(reachable_session&)` in a step of the session's strand, unless it has ended by then. Any thread; call it
/// while the session cannot leave (under the mutex of whatever knows it).
template <class Function>
void reach(const session_ref& session, Function what) {
  const auto label = task::label_of(session->id, task::step_kind::post, task::session_part::state);
  task::post(session->where, label, [session, what = std::move(what)]() mutable {
    if (session->target != nullptr) what(*session->target);
  });
}

inline void tell(const session_ref& session, session::event what) {
  reach(session, [what = std::move(what)](reachable_session& target) mutable { target.on_event(std::move(what)); });
}

}  // namespace naild::daemon
