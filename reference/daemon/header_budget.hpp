#pragma once

// What the headers of all sessions together may hold: many peers that each stay under their own limit must not add up.

#include <atomic>
#include <cstddef>

namespace naild::daemon {

/// Any thread.
class header_budget {
 public:
  explicit header_budget(std::size_t bytes_max) noexcept : bytes_max_(bytes_max) {}

  /// False: nothing was taken, the budget is spent.
  bool take(std::size_t bytes) noexcept {
    const std::size_t before = held_.fetch_add(bytes, std::memory_order_relaxed);
    if (before + bytes <= bytes_max_) return true;
    give_back(bytes);
    return false;
  }

  void give_back(std::size_t bytes) noexcept { held_.fetch_sub(bytes, std::memory_order_relaxed); }

 private:
  std::size_t bytes_max_;
  std::atomic<std::size_t> held_{0};
};

}  // namespace naild::daemon
