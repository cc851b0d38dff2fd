#pragma once

// Follows a recorded schedule, checks every step against it and says where it was left. Knows no other program than the
// one that was recorded; for changed code see anchors.hpp.

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

}  // namespace nailbiter::explore
