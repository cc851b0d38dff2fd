#pragma once

// A strand that a test steps by hand. It runs what was posted, oldest first, when it is told to.

#include <deque>
#include <vector>

#include "reference/task/strand.hpp"

namespace naild::task {

class manual_strand final : public strand {
 public:
  ~manual_strand() { destroy_suspended(); }

  void post(step& next) noexcept override { queued_.push_back(&next); }
  bool running_here() const noexcept override { return running_; }

  std::size_t queued() const noexcept { return queued_.size(); }
  bool roots_left() noexcept { return !roots().empty(); }

  /// The labels of the steps run so far.
  const std::vector<step_label>& trace() const noexcept { return trace_; }

  bool run_one() {
    if (queued_.empty()) return false;
    step* next = queued_.front();
    queued_.pop_front();
    trace_.push_back(next->label);
    running_ = true;
    next->act(next, disposition::run);
    running_ = false;
    return true;
  }

  /// How many steps it took until nothing was queued.
  std::size_t run_all() {
    std::size_t count = 0;
    while (run_one()) ++count;
    return count;
  }

  void destroy_suspended() {
    running_ = true;
    do {
      while (!queued_.empty()) {
        step* next = queued_.front();
        queued_.pop_front();
        next->act(next, disposition::drop);
      }
      roots().destroy_all();
    } while (!queued_.empty());
    running_ = false;
  }

 private:
  std::deque<step*> queued_;
  std::vector<step_label> trace_;
  bool running_ = false;
};

/// Gives out manual strands and notes which came back.
class manual_pool final : public strand_pool {
 public:
  strand& make_strand(std::uint32_t, std::string_view) override { return all_.emplace_back(); }
  void retire_strand(strand& done) noexcept override { retired.push_back(&done); }

  std::vector<strand*> retired;

 private:
  std::deque<manual_strand> all_;
};

}  // namespace naild::task
