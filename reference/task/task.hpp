#pragma once

// How the core waits: a lazy coroutine that runs on the strand of whoever awaits it. A child starts in place, so a
// child that ends at once never suspends its parent and a million of them in a row use no stack. Errors are values: an
// exception that leaves a task is a programmer's fault and ends the process.

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "reference/task/strand.hpp"

namespace naild::task {

template <class T = void>
class task;

namespace detail {

struct promise_base {
  std::coroutine_handle<> parent;
  strand* where = nullptr;
  bool parent_waits = false;
  bool finished = false;

  static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* memory, std::size_t size) noexcept { free_frame(memory, size); }

  std::suspend_always initial_suspend() noexcept { return {}; }
  [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }

  struct final_awaiter {
    bool await_ready() noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) noexcept {
      promise_base& promise = self.promise();
      promise.finished = true;
      if (promise.parent_waits) return promise.parent;
      return std::noop_coroutine();  // the parent is still inside await_suspend and looks at `finished`
    }
    void await_resume() noexcept {}
  };
  final_awaiter final_suspend() noexcept { return {}; }
};

template <class T>
struct promise : promise_base {
  std::optional<T> value;

  task<T> get_return_object() noexcept;
  template <class U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
};

template <>
struct promise<void> : promise_base {
  task<void> get_return_object() noexcept;
  void return_void() noexcept {}
};

}  // namespace detail

/// A coroutine to be awaited once, on the awaiter's strand. Destroying it destroys the frame, suspended or not.
/// Parameters are copied into the frame or are references that outlive it; no capturing lambdas.
template <class T>
class [[nodiscard]] task {
 public:
  using promise_type = detail::promise<T>;

  explicit task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  task& operator=(task&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~task() {
    if (frame_) frame_.destroy();
  }

  bool await_ready() const noexcept { return false; }

  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> parent) noexcept {
    promise_type& child = frame_.promise();
    child.parent = parent;
    child.where = parent.promise().where;
    frame_.resume();
    if (child.finished) return false;
    child.parent_waits = true;
    return true;
  }

  T await_resume() {
    if constexpr (!std::is_void_v<T>) return std::move(*frame_.promise().value);
  }

 private:
  std::coroutine_handle<promise_type> frame_;
};

namespace detail {

template <class T>
task<T> promise<T>::get_return_object() noexcept {
  return task<T>(std::coroutine_handle<promise>::from_promise(*this));
}

inline task<void> promise<void>::get_return_object() noexcept {
  return task<void>(std::coroutine_handle<promise>::from_promise(*this));
}

struct this_strand_awaiter {
  strand* where = nullptr;
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> self) noexcept {
    where = self.promise().where;
    return false;
  }
  strand& await_resume() const noexcept { return *where; }
};

}  // namespace detail

/// `co_await this_strand()`: the strand that the calling task runs on.
inline detail::this_strand_awaiter this_strand() noexcept { return {}; }

}  // namespace naild::task
