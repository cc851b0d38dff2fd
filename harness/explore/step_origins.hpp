#pragma once

// Which step of an execution made which other runnable: the way back from what happened to what set it off. Sees only
// what a strategy sees.

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "harness/explore/strategy.hpp"

namespace nailbiter::explore {

class step_origins final : public strategy {
 public:
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  /// Decides by another strategy, which it borrows.
  explicit step_origins(strategy& decides) noexcept : decides_(decides) {}

  void begin(std::uint64_t seed) override;
  void enabled(runnable& entered) override;
  std::size_t next(std::span<runnable> ready) override;
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched, std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override { return decides_.choose(bound); }

  /// By step: the one that made its strand runnable, which may be the strand's own one before; nobody: it was there from
  /// the beginning, or is the clock's. What was queued behind other work of its strand is ascribed to that work.
  const std::vector<std::uint32_t>& by_step() const noexcept { return origins_; }

 private:
  strategy& decides_;
  std::vector<std::uint32_t> origins_;
  std::map<strand_id, std::uint32_t> enabled_by_;
  std::uint32_t steps_ = 0;
  strand_id last_ = clock_strand;  // whose step ran last
  bool has_begun_ = false;
  bool was_asked_ = false;         // since that step
  bool is_unsure_ = false;         // the last one enabled: by itself, or by the step that runs now
};

}  // namespace nailbiter::explore
