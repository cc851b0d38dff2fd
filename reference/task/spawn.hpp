#pragma once

// Starts a task that nobody awaits: a root. The strand's root list owns its suspended frame until it ends.

#include <exception>
#include <utility>

#include "reference/task/task.hpp"

namespace naild::task {

namespace detail {

struct root {
  struct promise_type : root_link, step {
    strand* where = nullptr;

    static void* operator new(std::size_t size) { return allocate_frame(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { free_frame(memory, size); }

    root get_return_object() noexcept { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept {
      unlink();
      return {};
    }
    void return_void() noexcept {}
    [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> frame;
};

inline root run_root(task<> work) { co_await std::move(work); }

// The task is destroyed before the strand is given back: what it owns may still post.
inline root run_root_and_retire(task<> work, strand_pool& pool, strand& where) {
  {
    task<> owned = std::move(work);
    co_await std::move(owned);
  }
  pool.retire_strand(where);
}

inline void start_root(strand& where, root started, step_label label) {
  root::promise_type& promise = started.frame.promise();
  promise.where = &where;
  promise.frame = started.frame;
  promise.label = label;
  // Linked by its first step, so that the list needs no lock.
  promise.act = [](step* self, disposition how) {
    auto& mine = *static_cast<root::promise_type*>(self);
    if (how == disposition::drop) return mine.frame.destroy();
    mine.where->roots().add(mine);
    mine.frame.resume();
  };
  where.post(promise);
}

}  // namespace detail

/// Starts `work` as a step of `where`; any thread. `label` says in a schedule what the first step touches.
inline void spawn(strand& where, task<> work, step_label label) {
  detail::start_root(where, detail::run_root(std::move(work)), label);
}

/// As spawn(), on a strand of the caller's making that is retired when the work has ended.
inline void spawn_and_retire(strand_pool& pool, strand& where, task<> work, step_label label) {
  detail::start_root(where, detail::run_root_and_retire(std::move(work), pool, where), label);
}

}  // namespace naild::task
