#pragma once

// The locks of code that real threads share, as a policy: templates that take a `Sync` run on std here, and on
// controlled fibers in tests, where a schedule decides who goes on at every lock, wait and notification.

#include <condition_variable>
#include <mutex>

namespace naild::task {

/// A policy has `mutex` (lock, unlock) and `condition` (wait(std::unique_lock<mutex>&), notify_one, notify_all).
struct std_sync {
  using mutex = std::mutex;
  using condition = std::condition_variable;
};

}  // namespace naild::task
