#pragma once

// Who may run: at most `runs_max` runs at a time, the others wait in the order in which they asked. Knows ids and
// counts, no protocol. The daemon's own commands do not ask.

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <set>

#include "reference/daemon/session_handle.hpp"
#include "reference/task/recycling.hpp"

namespace naild::daemon {

/// Any thread.
class admission {
 public:
  enum class answer : std::uint8_t { admitted, queued };

  explicit admission(std::size_t runs_max) : runs_max_(runs_max) {}

  /// queued: the session is told `admitted` when its turn comes, unless it leaves before.
  answer ask(const session_ref& session);

  /// The run has ended, or the session gave up waiting; idempotent. Lets the next one in.
  void leave(std::uint32_t session);

 private:
  std::mutex mutex_;
  std::size_t runs_max_;
  std::set<std::uint32_t, std::less<>, task::recycling<std::uint32_t>> running_;
  std::deque<session_ref> waiting_;
};

}  // namespace naild::daemon
