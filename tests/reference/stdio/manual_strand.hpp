#pragma once

// A strand that a test steps by hand.

#include <deque>

#include "reference/task/spawn.hpp"

namespace naild::stdio::support {

class manual_strand final : public task::strand {
 public:
  ~manual_strand() { roots().destroy_all(); }

  void post(task::step& next) noexcept override { queue_.push_back(&next); }
  bool running_here() const noexcept override { return true; }

  /// Until nothing is left to do.
  void run() {
    while (!queue_.empty()) {
      task::step* next = queue_.front();
      queue_.pop_front();
      next->act(next, task::disposition::run);
    }
  }

  void start(task::task<> work) {
    task::spawn(*this, std::move(work), {});
    run();
  }

 private:
  std::deque<task::step*> queue_;
};

}  // namespace naild::stdio::support
