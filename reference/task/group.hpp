#pragma once

// Structured concurrency inside one strand: children that the owner waits for before its own objects die. The owner's
// frame holds the group, so children may borrow everything that the frame declared before it.

#include <utility>

#include "reference/task/event.hpp"
#include "reference/task/spawn.hpp"

namespace naild::task {

/// Own strand only. join() must have returned before the group dies, unless the whole world ends.
class group {
 public:
  group(strand& where, step_label label) noexcept : where_(where), label_(label), done_(where, label) {}

  /// Starts a child on the group's strand.
  void start(task<> child) {
    ++running_;
    spawn(where_, run(std::move(child)), label_);
  }

  std::size_t running() const noexcept { return running_; }

  /// Returns when every child has ended, those started meanwhile included.
  task<> join() {
    while (running_ > 0) co_await done_;
  }

 private:
  task<> run(task<> child) {
    {
      task<> owned = std::move(child);  // destroyed before the owner learns of the end
      co_await std::move(owned);
    }
    --running_;
    done_.set();
  }

  strand& where_;
  step_label label_;
  event done_;
  std::size_t running_ = 0;
};

}  // namespace naild::task
