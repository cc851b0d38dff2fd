#pragma once

// Every schedule of a small program, one execution after another: the last decision that has an alternative left takes
// its next one. Bounded: decisions after the first `depth` are 0. The seed means nothing; a record replays.

#include <cstdint>
#include <vector>

#include "harness/explore/strategy.hpp"

namespace nailbiter::explore {

class depth_first final : public strategy {
 public:
  explicit depth_first(std::size_t depth) : depth_(depth) {}

  /// Goes on to the next schedule; after the last one it starts again.
  void begin(std::uint64_t) override {
    at_ = 0;
    while (!path_.empty() && path_.back().value + 1 >= path_.back().bound) path_.pop_back();
    if (path_.empty()) return;
    ++path_.back().value;
  }

  std::size_t next(std::span<runnable> ready) override { return decide(static_cast<std::uint32_t>(ready.size())); }
  std::uint32_t choose(std::uint32_t bound) override { return decide(bound); }

  /// After an execution: it was the last one.
  bool exhausted() const noexcept {
    for (const decision& each : path_) {
      if (each.value + 1 < each.bound) return false;
    }
    return true;
  }

 private:
  struct decision {
    std::uint32_t value;
    std::uint32_t bound;
  };

  std::uint32_t decide(std::uint32_t bound) {
    if (at_ >= depth_) return 0;
    if (at_ == path_.size()) path_.push_back({0, bound});
    decision& now = path_[at_++];
    now.bound = bound;
    return now.value < bound ? now.value : 0;
  }

  std::size_t depth_;
  std::vector<decision> path_;
  std::size_t at_ = 0;
};

}  // namespace nailbiter::explore
