#pragma once

// A strand with one thread of its own: what is posted from anywhere runs there, in order, until it is stopped.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "reference/task/strand.hpp"

namespace crowded {

class working_strand final : public naild::task::strand {
 public:
  void post(naild::task::step& next) noexcept override {
    const std::lock_guard lock(mutex_);
    queued_.push_back(&next);
    changed_.notify_one();
  }
  bool running_here() const noexcept override { return std::this_thread::get_id() == thread_.load(); }

  /// A step's last word: run() returns when nothing is queued any more.
  void stop() noexcept { stopping_ = true; }

  void run() {
    thread_ = std::this_thread::get_id();
    while (naild::task::step* next = take()) next->act(next, naild::task::disposition::run);
  }

 private:
  naild::task::step* take() {
    std::unique_lock lock(mutex_);
    while (queued_.empty()) {
      if (stopping_) return nullptr;
      changed_.wait(lock);
    }
    naild::task::step* next = queued_.front();
    queued_.pop_front();
    return next;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<naild::task::step*> queued_;
  std::atomic<std::thread::id> thread_{};
  bool stopping_ = false;  // touched by run()'s thread only
};

}  // namespace crowded
