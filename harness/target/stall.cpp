#include "harness/target/stall.hpp"

#include <algorithm>
#include <utility>

namespace nailbiter::target {
namespace {

constexpr std::uint64_t still_windows_min = 2;

// An idle daemon has its timers: what it may use of a processor and still be idle, in parts of a window.
constexpr std::uint64_t idle_part = 5;

}  // namespace

stall::stall(std::uint64_t window_ms, std::uint64_t patience_ms) noexcept
    : window_ms_(std::max<std::uint64_t>(window_ms, 1)), still_windows_max_(std::max(still_windows_min, patience_ms / window_ms_ + 1)) {}

bool stall::window_ended(std::uint64_t progress, const std::optional<process_activity>& daemon) noexcept {
  bool moved = std::exchange(progress_, progress) != progress;
  if (daemon) {
    const std::uint64_t before = std::exchange(cpu_ms_, daemon->cpu_ms);
    moved |= daemon->runnable || daemon->cpu_ms > before + window_ms_ / idle_part;
  }
  still_windows_ = moved ? 0 : still_windows_ + 1;
  return still_windows_ >= still_windows_max_;
}

}  // namespace nailbiter::target
