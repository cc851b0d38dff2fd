#pragma once

// For mutants of what threads share: state of the whole process, under one lock.

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "mutants.hpp"
#include "reference/task/sync.hpp"

namespace mutants {

inline std::mutex& process_lock() {
  static std::mutex only;
  return only;
}

/// One destination for all threads, as with one descriptor: swapped in, and the one before restored at the end.
template <class Destination>
class swapped {
 public:
  using pointer = std::shared_ptr<Destination>;

  /// Null: does nothing.
  explicit swapped(pointer mine) : active_(mine != nullptr) {
    if (!active_) return;
    const std::lock_guard lock(process_lock());
    before_ = std::exchange(current(), std::move(mine));
  }
  swapped(const swapped&) = delete;
  swapped& operator=(const swapped&) = delete;
  ~swapped() {
    if (!active_) return;
    const std::lock_guard lock(process_lock());
    (void)wrong(before_ != nullptr);
    current() = std::move(before_);
  }

  static pointer now() {
    const std::lock_guard lock(process_lock());
    return current();
  }

 private:
  static pointer& current() {
    static pointer only;
    return only;
  }

  pointer before_;
  bool active_;
};

/// Those that have begun, in their order, while they live.
template <class Destination>
class began_last {
 public:
  static void set(const std::shared_ptr<Destination>& who) {
    if (awake().id.empty()) return;
    const std::lock_guard lock(process_lock());
    std::erase_if(all(), [](const auto& each) { return each.expired(); });
    all().push_back(who);
  }
  static std::shared_ptr<Destination> now() { return other_than(nullptr); }
  static std::shared_ptr<Destination> other_than(const Destination* self) {
    const std::lock_guard lock(process_lock());
    for (auto at = all().rbegin(); at != all().rend(); ++at) {
      const auto found = at->lock();
      if (found != nullptr && found.get() != self) return found;
    }
    return nullptr;
  }

 private:
  static std::vector<std::weak_ptr<Destination>>& all() {
    static std::vector<std::weak_ptr<Destination>> only;
    return only;
  }
};

inline std::atomic<int>& log_level() {
  static std::atomic<int> only{0};
  return only;
}

/// One slot for the whole process.
template <class Value>
class last_of_all {
 public:
  static void set(std::shared_ptr<Value> value) {
    const std::lock_guard lock(mutex());
    slot().swap(value);
  }
  static std::shared_ptr<Value> get() {
    const std::lock_guard lock(mutex());
    return slot();
  }

 private:
  static std::mutex& mutex() {
    static std::mutex only;
    return only;
  }
  static std::shared_ptr<Value>& slot() {
    static std::shared_ptr<Value> only;
    return only;
  }
};

/// Never returns, and waits as the threads of a pool do; what it waits on is never destroyed.
inline void wait_for_ever(naild::task::thread_control* in = nullptr) {
  static auto& never = *new std::condition_variable;
  while (in != nullptr) in->wait(&never, 0);
  std::mutex mine;
  std::unique_lock waits(mine);
  for (;;) never.wait(waits);
}

}  // namespace mutants
