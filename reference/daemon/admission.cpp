#include "reference/daemon/admission.hpp"

#include <utility>

namespace naild::daemon {

admission::answer admission::ask(const session_ref& session) {
  const std::lock_guard lock(mutex_);
  if (running_.size() >= runs_max_) {
    waiting_.push_back(session);
    return answer::queued;
  }
  running_.insert(session->id);
  return answer::admitted;
}

void admission::leave(std::uint32_t session) {
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [session](const session_ref& each) { return each->id == session; });
  running_.erase(session);
  while (running_.size() < runs_max_ && !waiting_.empty()) {
    const session_ref next = std::move(waiting_.front());
    waiting_.pop_front();
    running_.insert(next->id);
    tell(next, {.kind = session::event_kind::admitted});
  }
}

}  // namespace naild::daemon
