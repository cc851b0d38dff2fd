#include "reference/io/process_audit.hpp"

#include <utility>

#include <fmt/format.h>

namespace naild::io {

void process_audit::begun(std::uint32_t session) {
  const std::lock_guard lock(mutex_);
  running_.insert(session);
}

void process_audit::ended(std::uint32_t session) {
  const std::lock_guard lock(mutex_);
  look_locked();
  running_.erase(session);
}

void process_audit::look() {
  const std::lock_guard lock(mutex_);
  look_locked();
}

void process_audit::look_locked() {
  process_state now = process_state::now();
  const std::string changes = changes_between(last_, now);
  last_ = std::move(now);
  last_.umask = umask_of_runs;  // put right by the look
  if (changes.empty()) return;
  const std::string who = running_.empty() ? "no run was on a thread" : fmt::format("these sessions ran: {}", fmt::join(running_, ", "));
  log_.write(port::severity::error, 0, fmt::format("the process's {} changed while {}", changes, who));
}

}  // namespace naild::io
