#pragma once

// The sessions that have not ended: the only state that sessions share, under one mutex that nobody holds across I/O.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "reference/daemon/session_handle.hpp"
#include "reference/task/recycling.hpp"

namespace naild::daemon {

/// Any thread.
class session_table {
 public:
  void enter(const session_ref& session);

  /// The session's last word, on its strand, before the strand is retired.
  void leave(std::uint32_t session);

  std::size_t size() const;
  std::vector<std::uint32_t> ids() const;  // ascending

  /// False: it is not here.
  bool tell_one(std::uint32_t session, session::event what);

  /// What each of the next sessions behind number `after` says of itself, in a step of `where` when all have answered.
  void describe_page(task::strand& where, std::uint32_t after, std::function<void(nail::session_page)> told) const;

  void tell_all(const session::event& what);
  void abandon_all();

  /// Calls `when_empty` once, as a step of `where`: now if nobody is here, else when the last one leaves. Nobody may
  /// enter after this call.
  void call_when_empty(task::strand& where, std::function<void()> when_empty);

 private:
  void post_if_empty();

  mutable std::mutex mutex_;
  std::map<std::uint32_t, session_ref, std::less<>, task::recycling<std::pair<const std::uint32_t, session_ref>>> sessions_;
  task::strand* listener_ = nullptr;
  std::function<void()> when_empty_;
};

}  // namespace naild::daemon
