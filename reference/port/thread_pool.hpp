#pragma once

// Threads for work that blocks: nails that wait in a call, and what they start. Bounded; work that never returns is
// given up and its thread replaced, until too many are lost.

#include <cstddef>
#include <cstdint>
#include <functional>

#include "reference/task/sync.hpp"

namespace naild::port {

/// Whose work it is: the session of the run.
using work_owner = std::uint32_t;

/// What to do with work while every thread is busy.
enum class when_busy : std::uint8_t {
  wait,    // queue it, first come first served, up to the pool's bound
  refuse,  // whoever asks would wait for it while it holds a thread itself
};

/// What became of an owner's work that does not end.
struct given_up {
  std::size_t dequeued = 0;  // had not begun, and never will
  std::size_t lost = 0;      // threads that still run it; each has been replaced, or:
  bool exhausted = false;    // the pool has lost as many threads as it may: it should be drained and ended
};

/// Any thread.
class thread_pool {
 public:
  virtual ~thread_pool() = default;

  /// Runs `work` on a thread of the pool and then destroys it there. False: refused, `work` was destroyed uncalled.
  /// `work` must not throw.
  virtual bool start(work_owner owner, std::function<void()> work, when_busy policy) = 0;

  /// Nobody waits any longer for what `owner` has started and what has not returned.
  virtual given_up give_up(work_owner owner) = 0;

  /// How its threads wait for each other: what they share is made with it. Null: as threads of the system do.
  virtual task::thread_control* control() noexcept { return nullptr; }
};

}  // namespace naild::port
