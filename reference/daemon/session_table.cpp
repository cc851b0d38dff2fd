#include "reference/daemon/session_table.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace naild::daemon {
namespace {

task::step_label state_label(std::uint32_t session) {
  return task::label_of(session, task::step_kind::post, task::session_part::state);
}

/// Answers on their way; touched on `where` only once it is shared. Owners: the steps that bring them.
struct census {
  census(task::strand& strand, std::function<void(nail::session_page)> when_complete)
      : where(strand), told(std::move(when_complete)) {}

  // A session that has ended says nothing, but its strand still brings the step.
  void add(std::optional<nail::session_report> said) {
    if (said) page.reports.push_back(std::move(*said));
    if (--missing > 0) return;
    std::ranges::sort(page.reports, {}, &nail::session_report::session);
    told(std::move(page));
  }

  task::strand& where;
  std::function<void(nail::session_page)> told;
  nail::session_page page{};
  std::size_t missing = 0;
};

void ask(const session_ref& session, const std::shared_ptr<census>& all) {
  task::post(session->where, state_label(session->id), [all, session] {
    std::optional<nail::session_report> said;
    if (session->target != nullptr) said = session->target->describe();
    task::post(all->where, state_label(session->id), [all, said = std::move(said)]() mutable { all->add(std::move(said)); });
  });
}

}  // namespace

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

bool session_table::tell_one(std::uint32_t session, session::event what) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return false;
  tell(found->second, std::move(what));
  return true;
}

void session_table::describe_page(task::strand& where, std::uint32_t after, std::function<void(nail::session_page)> told) const {
  const std::lock_guard lock(mutex_);
  const auto all = std::make_shared<census>(where, std::move(told));
  std::vector<session_ref> asked;
  for (auto each = sessions_.upper_bound(after); each != sessions_.end() && asked.size() < all->page.sessions_max; ++each) {
    asked.push_back(each->second);
  }
  all->page.newest = sessions_.empty() ? after : sessions_.rbegin()->first;
  all->page.last = asked.empty() ? all->page.newest : asked.back()->id;
  all->missing = asked.size();
  for (const session_ref& each : asked) ask(each, all);
  if (!asked.empty()) return;
  const task::step_label label{.session = 0, .kind = task::step_kind::post, .resource = task::session_table_resource};
  task::post(where, label, [all] { all->told(std::move(all->page)); });
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
