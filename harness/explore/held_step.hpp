#pragma once

// A recorded execution again, but one step waits until another has run: what else must differ follows, and nothing more
// differs. Whether the failure is gone then says whether the order of the two made it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/explore/schedule.hpp"

namespace nailbiter::explore {

class held_step final : public strategy {
 public:
  /// Borrows the schedule. `held` and `awaited`: places in its steps, of two strands; without `awaited` the step waits
  /// until nothing else can run. A step that alone can run is not held.
  held_step(const schedule& record, std::size_t held, std::optional<std::size_t> awaited = std::nullopt);

  void begin(std::uint64_t seed) override;
  std::size_t next(std::span<runnable> ready) override;
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override;

  /// After the execution: `awaited` has run before `held`, and was what it is in the record.
  bool is_reversed() const noexcept { return is_reversed_; }

 private:
  static constexpr std::size_t nowhere = ~std::size_t{0};

  /// The next step of this strand in the record; nowhere if it has no more.
  std::size_t place_of(strand_id strand) const;
  bool holds(strand_id strand) const { return !released_ && place_of(strand) == held_; }

  const schedule& record_;
  std::size_t held_;
  std::optional<std::size_t> awaited_;
  std::vector<std::vector<std::size_t>> places_;  // in the record, by strand
  std::vector<std::size_t> counts_;               // steps that have run, by strand
  std::size_t choice_ = 0;
  bool released_ = false;
  bool is_reversed_ = false;
};

}  // namespace nailbiter::explore
