#pragma once

// A sticky wake-up inside one strand: set() before the wait is not lost, several set() before it count once. One waiter.

#include <cassert>
#include <coroutine>
#include <utility>

#include "reference/task/strand.hpp"

namespace naild::task {

/// Own strand only, so it needs no atomics: another strand posts a step that calls set().
class event : private step {
 public:
  event(strand& where, step_label what) noexcept : where_(where) {
    label = what;
    act = [](step* self, disposition how) {
      auto* mine = static_cast<event*>(self);
      mine->posted_ = false;
      auto waiter = std::exchange(mine->waiter_, nullptr);
      if (how == disposition::run) waiter.resume();
    };
  }
  event(const event&) = delete;
  event& operator=(const event&) = delete;

  void set() noexcept {
    assert(where_.running_here());
    if (!waiter_) {
      set_ = true;
    } else if (!posted_) {
      posted_ = true;
      where_.post(*this);
    }
  }

  bool await_ready() noexcept {
    assert(where_.running_here());
    return std::exchange(set_, false);
  }
  void await_suspend(std::coroutine_handle<> waiter) noexcept {
    assert(!waiter_ && "an event has one waiter");
    waiter_ = waiter;
  }
  void await_resume() const noexcept {}

 private:
  strand& where_;
  std::coroutine_handle<> waiter_;
  bool set_ = false;
  bool posted_ = false;
};

}  // namespace naild::task
