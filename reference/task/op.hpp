#pragma once

// One pending effect that a task awaits. It lives in the object that offers the effect (a stream's read, a timer), so
// that waiting allocates nothing, and is completed exactly once per start, from any thread, through the strand of the
// task that waits.

#include <cassert>
#include <coroutine>
#include <optional>
#include <utility>

#include "reference/task/strand.hpp"

namespace naild::task {

/// What a starter says: did it finish the effect in place, or will complete() be called?
enum class started : bool { pending, done };

/// Result type T must be movable. One wait at a time. From its start until the resuming step the op belongs to its
/// completer, which writes the value and posts as its last touch.
template <class T>
class op : private step {
 public:
  explicit op(step_label what) noexcept {
    label = what;
    act = [](step* self, disposition how) {
      auto* mine = static_cast<op*>(self);
      auto waiter = std::exchange(mine->waiter_, nullptr);
      if (how == disposition::run) waiter.resume();
    };
  }
  op(const op&) = delete;
  op& operator=(const op&) = delete;

  /// Ends the pending effect; any thread; the last touch. The waiter resumes in a later step of its own strand.
  void complete(T value) {
    value_.emplace(std::move(value));
    where_->post(*this);
  }

  /// As complete(), from the top level of an adapter's handler: an idle strand resumes the waiter at once.
  void complete_dispatch(T value) {
    value_.emplace(std::move(value));
    where_->dispatch(*this);
  }

  /// For a starter that finishes in place: `return mine.finish(value);`
  started finish(T value) {
    value_.emplace(std::move(value));
    return started::done;
  }

  const step_label& what() const noexcept { return label; }
  void relabel(step_label what) noexcept { label = what; }

  template <class Start>
  struct awaiter {
    op& target;
    Start start;

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> waiter) {
      assert(!target.waiter_ && "an op has one waiter at a time");
      target.where_ = waiter.promise().where;
      assert(target.where_->running_here());
      target.waiter_ = waiter;
      // May complete on another thread before it returns: the strand is busy with this step until we have suspended.
      if (start() == started::pending) return true;
      target.waiter_ = nullptr;
      return false;
    }
    T await_resume() {
      T result = std::move(*target.value_);
      target.value_.reset();
      return result;
    }
  };

  /// Awaitable: calls `start` (-> started), suspends while pending, gives the value.
  template <class Start>
  awaiter<Start> wait(Start start) {
    return {*this, std::move(start)};
  }

 private:
  std::coroutine_handle<> waiter_;
  strand* where_ = nullptr;
  std::optional<T> value_;
};

}  // namespace naild::task
