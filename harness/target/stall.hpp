#pragma once

// Tells a case that has stopped from one that is slow: nothing has moved in two windows in a row, and the daemon used the
// processor in neither. Knows no clock and no processes; it is told at the end of each window.

#include <cstdint>
#include <optional>

namespace nailbiter::target {

/// What is seen of the daemon's processes at one moment.
struct process_activity {
  std::uint64_t cpu_ms = 0;  // used since they began
  bool runnable = false;     // a thread runs, wants to, or waits for a disk
};

class stall {
 public:
  /// `patience_ms`: the longest that a requirement lets anybody wait; silence that is shorter breaks nothing. 0 = none.
  stall(std::uint64_t window_ms, std::uint64_t patience_ms) noexcept;

  std::uint64_t window_ms() const noexcept { return window_ms_; }

  /// At the end of a window. `progress` grows with whatever any actor does; no `daemon`: it cannot be looked at. True:
  /// the case has stopped. The first window is judged by what has happened since the beginning.
  bool window_ended(std::uint64_t progress, const std::optional<process_activity>& daemon) noexcept;

 private:
  std::uint64_t window_ms_;
  std::uint64_t still_windows_max_;
  std::uint64_t progress_ = 0;
  std::uint64_t cpu_ms_ = 0;
  std::uint64_t still_windows_ = 0;
};

}  // namespace nailbiter::target
