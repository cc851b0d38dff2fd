#pragma once

// The calm order of runnable steps: on with the strand that ran last, then the others, oldest first, then those that were
// preempted, the clock last. A schedule told as ranks in it takes few words: rank 0 throughout lets each strand run until it
// waits; any other rank is another turn than the oldest's or a preemption, and a preempted strand stays where it is until
// the others have nothing to do. So "here A is held up, and B runs" is one word, as a change of priority is in PCT.

#include <cstddef>
#include <span>
#include <vector>

#include "harness/explore/strategy.hpp"

namespace nailbiter::explore {

class calm_order {
 public:
  /// A strand that ran so long without a break gives way: else a calm schedule of a strand that never waits has no end.
  static constexpr std::uint32_t turns_max = 1000;

  void begin() noexcept {
    last_ = clock_strand;
    turns_ = 0;
    held_.clear();
  }

  /// `ready[index]` is to run, before it does.
  void choose(std::span<const runnable> ready, std::size_t index);

  /// `strand` has run, chosen or alone.
  void ran(strand_id strand) noexcept {
    turns_ = strand == last_ ? turns_ + 1 : 1;
    last_ = strand;
    std::erase(held_, strand);
  }

  /// Index in `ready` of a rank, which must be below its size.
  std::size_t index_of(std::span<const runnable> ready, std::size_t rank) const noexcept;
  std::size_t rank_of(std::span<const runnable> ready, std::size_t index) const noexcept;

 private:
  static constexpr std::size_t none = ~std::size_t{0};
  struct special {
    std::size_t first = none;  // the strand that goes on
    std::size_t last = none;   // the clock
  };
  special find(std::span<const runnable> ready) const noexcept;
  bool is_held(strand_id strand) const noexcept;

  strand_id last_ = clock_strand;
  std::uint32_t turns_ = 0;
  std::vector<strand_id> held_;  // preempted, and not run since
};

}  // namespace nailbiter::explore
