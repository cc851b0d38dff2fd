#pragma once

// What belongs to a thread of the loop: the strands that are ready to run, and which one is running. Every handler of
// the event loop drains it before the thread goes back to the kernel: a wake-up through the kernel costs more than all
// the steps of a short run.

#include <cstdint>

#include "reference/task/step.hpp"

namespace naild::io {

class strand;

/// Only its own thread touches it, and never across a co_await.
struct run_queue {
  strand* head = nullptr;  // ready
  strand* tail = nullptr;
  strand* late_head = nullptr;  // with deferred steps only: after the ready ones
  strand* late_tail = nullptr;
  strand* current = nullptr;
  bool belongs_to_loop = false;  // false: a foreign thread, whose posts go through the loop's inbox
  bool draining = false;

  void push(strand& ready) noexcept;
  void push_late(strand& waiting) noexcept;
  strand* pop() noexcept;
};

run_queue& run_queue_of_this_thread() noexcept;

/// Runs ready strands until none is left. After `strand_runs_max` the rest goes through the inbox, so that strands that
/// keep each other busy cannot keep the thread from the kernel.
void drain_run_queue() noexcept;

/// Opened by every handler of the event loop, first thing.
struct handler_scope {
  handler_scope() noexcept = default;
  handler_scope(const handler_scope&) = delete;
  handler_scope& operator=(const handler_scope&) = delete;
  ~handler_scope() { drain_run_queue(); }
};

}  // namespace naild::io
