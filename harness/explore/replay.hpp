#pragma once

// Strategies that follow decisions made before: replay checks every step against the record and says where it left it;
// guided takes a bare list of decisions (for shrinking) and never complains.

#include <optional>
#include <string>

#include "harness/explore/schedule.hpp"

namespace nailbiter::explore {

/// Where an execution left its record.
struct divergence {
  std::size_t step = 0;        // steps that matched
  std::size_t step_count = 0;  // steps of the record
  std::string recorded;
  std::string found;
};

std::string to_string(const divergence& what);

/// Follows a schedule exactly. After the first difference it goes on in FIFO order, so that the execution ends; ask
/// divergence_at_end() before believing anything.
class replay final : public strategy {
 public:
  /// Borrows the schedule.
  explicit replay(const schedule& record) noexcept : record_(record) {}

  void begin(std::uint64_t seed) override;
  std::size_t next(std::span<runnable> ready) override;
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched,
                std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override;

  /// The first difference so far.
  const std::optional<divergence>& diverged() const noexcept { return diverged_; }

  /// After the execution: nullopt when every recorded step and choice was followed and nothing else ran.
  std::optional<divergence> divergence_at_end() const;

 private:
  void diverge(std::string recorded, std::string found);
  std::string recorded_step() const;

  const schedule& record_;
  std::size_t step_ = 0;
  std::size_t choice_ = 0;
  bool asked_ = false;
  std::optional<divergence> diverged_;
};

/// Decisions in the order of the questions; what is missing or impossible is 0: FIFO, data the ordinary way.
struct decision_list {
  std::vector<std::uint16_t> steps;  // answers to next(): only where two or more were runnable
  std::vector<std::uint8_t> choices;

  friend bool operator==(const decision_list&, const decision_list&) = default;
};

decision_list decisions_of(const schedule& record);

class guided final : public strategy {
 public:
  /// Borrows the list.
  explicit guided(const decision_list& list) noexcept : list_(list) {}

  void begin(std::uint64_t) override { step_ = choice_ = 0; }
  std::size_t next(std::span<runnable> ready) override {
    const std::size_t wanted = step_ < list_.steps.size() ? list_.steps[step_] : 0;
    ++step_;
    return wanted < ready.size() ? wanted : 0;
  }
  std::uint32_t choose(std::uint32_t bound) override {
    const std::uint32_t wanted = choice_ < list_.choices.size() ? list_.choices[choice_] : 0;
    ++choice_;
    return wanted < bound ? wanted : 0;
  }

 private:
  const decision_list& list_;
  std::size_t step_ = 0;
  std::size_t choice_ = 0;
};

}  // namespace nailbiter::explore
