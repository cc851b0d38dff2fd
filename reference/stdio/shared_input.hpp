#pragma once

// The stdin of ONE run as its threads see it: a thread asks and waits, the session's strand answers. One request at a
// time; the threads of a run take turns. Knows no session and no pipe.

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "reference/base/bytes.hpp"
#include "reference/task/sync.hpp"

namespace naild::stdio {

/// Told that a thread waits for stdin; from any thread, under the lock of the input: it only posts.
class input_watcher {
 public:
  virtual void input_wanted() noexcept = 0;

 protected:
  ~input_watcher() = default;
};

template <class Sync>
class basic_shared_input {
 public:
  /// Borrows the watcher until end().
  explicit basic_shared_input(input_watcher& watcher, typename Sync::place where = {})
      : mutex_(where), answered_(where), watcher_(&watcher) {}

  /// 1 to `bytes_max` bytes; empty = the end, for good.
  base::bytes read(std::size_t bytes_max) {
    std::unique_lock lock(mutex_);
    if (!wait_for_bytes(bytes_max, lock)) return {};
    const std::size_t taken = std::min(bytes_max, held_.size() - first_);
    base::bytes text = held_.substr(first_, taken);
    first_ += taken;
    return text;
  }

  /// The next byte without taking it; nullopt = the end. Asks for up to `ahead_bytes` when it has none.
  std::optional<char> peek(std::size_t ahead_bytes) {
    std::unique_lock lock(mutex_);
    if (!wait_for_bytes(ahead_bytes, lock)) return std::nullopt;
    return held_[first_];
  }

  /// How much can be read without waiting.
  std::size_t held_bytes() const {
    const std::lock_guard lock(mutex_);
    return held_.size() - first_;
  }

  // The session's side.

  /// How much a thread waits for, once: then give() or end() is owed.
  std::optional<std::size_t> take_request() {
    const std::lock_guard lock(mutex_);
    return std::exchange(request_, std::nullopt);
  }

  /// The answer to a request; not empty.
  void give(base::bytes text) {
    const std::lock_guard lock(mutex_);
    held_ = std::move(text);
    first_ = 0;
    asked_ = false;
    answered_.notify_all();
  }

  /// There is no more, for any thread; the watcher is forgotten.
  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    watcher_ = nullptr;
    request_.reset();
    answered_.notify_all();
  }

 private:
  bool wait_for_bytes(std::size_t bytes_max, std::unique_lock<typename Sync::mutex>& lock) {
    while (first_ == held_.size()) {
      if (ended_ || bytes_max == 0) return false;
      if (!std::exchange(asked_, true)) {
        request_ = bytes_max;
        watcher_->input_wanted();
      }
      answered_.wait(lock);
    }
    return bytes_max > 0;
  }

  mutable typename Sync::mutex mutex_;
  typename Sync::condition answered_;
  input_watcher* watcher_;
  base::bytes held_;
  std::size_t first_ = 0;  // held_[first_] is the next byte
  std::optional<std::size_t> request_;
  bool asked_ = false;
  bool ended_ = false;
};

using shared_input = basic_shared_input<task::thread_sync>;

}  // namespace naild::stdio
