#pragma once

// The real world's strand: one atomic word is both the queue of posted steps and the "somebody runs me" flag. Strictly
// first in, first out, without a mutex. Knows nothing of sockets.

#include <atomic>
#include <cstdint>
#include <string_view>

#include "reference/io/run_queue.hpp"
#include "reference/task/strand.hpp"

namespace naild::io {

/// How strands reach the world they live in.
class strand_home {
 public:
  /// Gets a ready strand onto a thread of the loop; any thread.
  virtual void inject(strand& ready) noexcept = 0;

  /// The strand has run its last step; its memory may be used again.
  virtual void recycle(strand& done) noexcept = 0;

 protected:
  ~strand_home() = default;
};

class strand final : public task::strand {
 public:
  explicit strand(strand_home& home) noexcept;

  void post(task::step& next) noexcept override;
  void dispatch(task::step& next) noexcept override;
  bool running_here() const noexcept override { return run_queue_of_this_thread().current == this; }

  strand_home& home() const noexcept { return home_; }

  /// Runs what is queued; the caller owns the busy state (it popped the strand from a run queue).
  void run() noexcept;

  std::uint32_t session() const noexcept { return session_; }

  /// Puts a step off until nothing is queued here and every strand that is ready on this thread has had its turn, or
  /// until this strand has gone on for so long that others get theirs; own strand only. `withdraw` takes it back before that.
  void defer(task::step& late) noexcept;
  void withdraw(task::step& late) noexcept;

  /// The last post: when the steps before it have run, the strand goes home.
  void retire() noexcept { post(retirement_); }

  /// After all threads have been joined, in this order: from end() on every post drops its step at once. The other two
  /// say whether there was anything.
  void end() noexcept { ended_ = true; }
  bool drop_queued() noexcept;
  bool destroy_roots() noexcept;

  void name(std::uint32_t session, std::string_view text) noexcept {
    session_ = session;
    name_ = text;
  }

  strand* next_ready = nullptr;  // link in a run queue, in the inbox or among the spare strands: never in two

 private:
  struct retirement : task::step {
    strand* owner = nullptr;
  };

  static task::step* idle() noexcept { return reinterpret_cast<task::step*>(std::uintptr_t{1}); }
  task::step* take_all() noexcept;
  void run_deferred() noexcept;
  void make_ready() noexcept;

  // idle() | nullptr: busy, nothing new | the newest posted step, linked to the older ones
  std::atomic<task::step*> posted_{idle()};
  strand_home& home_;
  retirement retirement_;
  task::step* deferred_ = nullptr;  // the oldest; linked to the newer ones
  bool gave_way_ = false;           // to the other strands, before the deferred steps
  bool retired_ = false;
  bool ended_ = false;
  std::uint32_t session_ = 0;
  std::string_view name_;  // both only for a debugger's eye
};

}  // namespace naild::io
