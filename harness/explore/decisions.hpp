#pragma once

// A schedule as a bare list of decisions: what the shrinker makes smaller. Means nothing without the program that asked;
// a decision that cannot be is 0, so that any list is a schedule of any program.

#include <vector>

#include "harness/explore/calm_order.hpp"

namespace nailbiter::explore {

/// In the order of the questions; what is missing is 0: calm, data the ordinary way.
struct decision_list {
  std::vector<std::uint16_t> steps;  // ranks in the calm order: only where two or more were runnable
  std::vector<std::uint8_t> choices;

  friend bool operator==(const decision_list&, const decision_list&) = default;
};

/// Writes down what another strategy decides, which it borrows.
class decision_recorder final : public strategy {
 public:
  explicit decision_recorder(strategy& decides) noexcept : decides_(decides) {}

  void begin(std::uint64_t seed) override {
    taken_.steps.clear();
    taken_.choices.clear();
    calm_.begin();
    decides_.begin(seed);
  }
  void enabled(runnable& entered) override { decides_.enabled(entered); }
  std::size_t next(std::span<runnable> ready) override {
    const std::size_t index = decides_.next(ready);
    taken_.steps.push_back(static_cast<std::uint16_t>(calm_.rank_of(ready, index)));
    calm_.choose(ready, index);
    return index;
  }
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) override {
    calm_.ran(done.strand);
    decides_.executed(done, touched, ready);
  }
  std::uint32_t choose(std::uint32_t bound) override {
    const std::uint32_t value = decides_.choose(bound);
    taken_.choices.push_back(static_cast<std::uint8_t>(value));
    return value;
  }

  /// Of the last execution.
  const decision_list& taken() const noexcept { return taken_; }

 private:
  strategy& decides_;
  calm_order calm_;
  decision_list taken_;
};

/// Follows a list, which it borrows, and never complains.
class guided final : public strategy {
 public:
  explicit guided(const decision_list& list) noexcept : list_(list) {}

  void begin(std::uint64_t) override {
    step_ = choice_ = 0;
    calm_.begin();
  }
  std::size_t next(std::span<runnable> ready) override {
    const std::size_t wanted = step_ < list_.steps.size() ? list_.steps[step_] : 0;
    ++step_;
    const std::size_t index = calm_.index_of(ready, wanted < ready.size() ? wanted : 0);
    calm_.choose(ready, index);
    return index;
  }
  void executed(const runnable& done, std::span<const naild::task::resource_id>, std::span<runnable>) override { calm_.ran(done.strand); }
  std::uint32_t choose(std::uint32_t bound) override {
    const std::uint32_t wanted = choice_ < list_.choices.size() ? list_.choices[choice_] : 0;
    ++choice_;
    return wanted < bound ? wanted : 0;
  }

 private:
  const decision_list& list_;
  calm_order calm_;
  std::size_t step_ = 0;
  std::size_t choice_ = 0;
};

}  // namespace nailbiter::explore
