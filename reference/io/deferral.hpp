#pragma once

// Something that an adapter does only when its strand has nothing else to do: to begin a wait in the kernel. What the
// strand does before that comes first, so an answer leaves before the next wait is paid for, and may make it needless.

#include "reference/io/strand.hpp"

namespace naild::io {

/// Own strand only. A member of the object whose method `begin` stands for.
class deferral : private task::step {
 public:
  using function = void (*)(void* owner) noexcept;

  deferral(void* owner, function begin) noexcept : owner_(owner), begin_(begin) {
    act = [](step* self, task::disposition how) {
      auto* mine = static_cast<deferral*>(self);
      mine->where_ = nullptr;
      if (how == task::disposition::run) mine->begin_(mine->owner_);
    };
  }
  deferral(const deferral&) = delete;
  deferral& operator=(const deferral&) = delete;
  ~deferral() { withdraw(); }

  /// By a step of the owner's strand; not again before it has begun or been withdrawn. A strand that is not the loop's
  /// (a thread that waits for its own stream) has no other work: it begins at once.
  void put_off() noexcept {
    where_ = run_queue_of_this_thread().current;
    if (where_ == nullptr) return begin_(owner_);
    where_->defer(*this);
  }

  /// It has not begun, and will.
  bool is_put_off() const noexcept { return where_ != nullptr; }

  /// True: it had not begun, and will not.
  bool withdraw() noexcept {
    if (where_ == nullptr) return false;
    where_->withdraw(*this);
    where_ = nullptr;
    return true;
  }

 private:
  void* owner_;
  function begin_;
  strand* where_ = nullptr;  // set: put off, and not begun
};

}  // namespace naild::io
