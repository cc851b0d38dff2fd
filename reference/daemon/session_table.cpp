#include "reference/daemon/session_table.hpp"

#include <utility>

namespace naild::daemon {

void session_table::enter(const session_ref& session) {
  const std::lock_guard lock(mutex_);
  sessions_.emplace_hint(sessions_.end(), session->id, session);
}

void session_table::leave(std::uint32_t session) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(session);
  post_if_empty();
}

std::size_t session_table::size() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

std::vector<std::uint32_t> session_table::ids() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint32_t> all;
  all.reserve(sessions_.size());
  for (const auto& [id, session] : sessions_) all.push_back(id);
  return all;
}

void session_table::tell_all(const session::event& what) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, session] : sessions_) tell(session, what);
}

void session_table::abandon_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, session] : sessions_) reach(session, [](reachable_session& target) { target.abandon(); });
}

void session_table::call_when_empty(task::strand& where, std::function<void()> when_empty) {
  const std::lock_guard lock(mutex_);
  listener_ = &where;
  when_empty_ = std::move(when_empty);
  post_if_empty();
}

void session_table::post_if_empty() {
  if (!sessions_.empty() || listener_ == nullptr) return;
  const task::step_label label{.session = 0, .kind = task::step_kind::post, .resource = task::session_table_resource};
  task::post(*std::exchange(listener_, nullptr), label, std::move(when_empty_));
}

}  // namespace naild::daemon
