#pragma once

// Every schedule with at most so many departures from the calm one, one execution after another: the last decision that
// has an alternative left takes its next one. No reduction: every order counts. The seed means nothing; a record replays.

#include <cstdint>
#include <limits>
#include <vector>

#include "harness/explore/calm_order.hpp"

namespace nailbiter::explore {

class depth_first final : public strategy {
 public:
  static constexpr std::uint32_t unbounded = std::numeric_limits<std::uint32_t>::max();

  /// A departure is a preemption, another turn than the oldest's, or a decision about data other than the ordinary one.
  explicit depth_first(std::uint32_t departures_max = unbounded) : departures_max_(departures_max) {}

  /// Goes on to the next schedule; after the last one it starts again.
  void begin(std::uint64_t) override {
    at_ = 0;
    calm_.begin();
    while (!path_.empty() && !has_next(path_.back(), departures_ - departs(path_.back()))) drop_last();
    if (path_.empty()) return;
    departures_ += 1 - departs(path_.back());
    ++path_.back().value;
  }

  std::size_t next(std::span<runnable> ready) override {
    const std::size_t index = calm_.index_of(ready, decide(static_cast<std::uint32_t>(ready.size())));
    calm_.choose(ready, index);
    return index;
  }
  void executed(const runnable& done, std::span<const naild::task::resource_id>, std::span<runnable>) override { calm_.ran(done.strand); }
  std::uint32_t choose(std::uint32_t bound) override { return decide(bound); }

  /// After an execution: it was the last one within the bound.
  bool exhausted() const noexcept {
    std::uint32_t before = 0;
    for (const decision& each : path_) {
      if (has_next(each, before)) return false;
      before += departs(each);
    }
    return true;
  }

  /// The bound has left schedules out: then exhausted() does not mean every one.
  bool cut() const noexcept { return cut_; }

 private:
  struct decision {
    std::uint32_t value;
    std::uint32_t bound;
  };

  static std::uint32_t departs(const decision& each) noexcept { return each.value != 0 ? 1 : 0; }
  bool has_next(const decision& each, std::uint32_t before) const noexcept { return each.value + 1 < each.bound && before < departures_max_; }
  void drop_last() {
    departures_ -= departs(path_.back());
    path_.pop_back();
  }

  std::uint32_t decide(std::uint32_t bound) {
    if (at_ == path_.size()) {
      if (departures_ == departures_max_) {
        cut_ = true;
        return 0;
      }
      path_.push_back({0, bound});
    }
    decision& now = path_[at_++];
    now.bound = bound;
    return now.value < bound ? now.value : 0;
  }

  std::uint32_t departures_max_;
  calm_order calm_;
  std::vector<decision> path_;
  std::size_t at_ = 0;
  std::uint32_t departures_ = 0;  // in path_
  bool cut_ = false;
};

}  // namespace nailbiter::explore
