#pragma once

// The strategies that a name selects. No single one is good everywhere (a random walk does not starve anybody, PCT
// waits long for a lost wake-up): hence the portfolio.

#include <array>
#include <vector>

#include "harness/explore/random.hpp"
#include "harness/explore/strategy.hpp"

namespace nailbiter::explore {

/// The oldest step, data the ordinary way: what an unlucky tester sees.
class fifo final : public strategy {
 public:
  void begin(std::uint64_t) override {}
  std::size_t next(std::span<runnable>) override { return 0; }
  std::uint32_t choose(std::uint32_t) override { return 0; }
};

/// Every runnable step is equally likely.
class random_walk final : public strategy {
 public:
  void begin(std::uint64_t seed) override { rng_ = rng(seed); }
  std::size_t next(std::span<runnable> ready) override { return rng_.below(static_cast<std::uint32_t>(ready.size())); }
  std::uint32_t choose(std::uint32_t bound) override { return rng_.below(bound); }

 private:
  rng rng_;
};

/// Depth of the PCT that a name selects and that the portfolio has.
constexpr std::uint32_t pct_depth = 3;

/// Probabilistic concurrency testing: strands have random priorities, the highest runs; at depth - 1 random decisions
/// the strand that would run falls below all others. Finds a bug of `depth` ordered events with a known probability.
class pct final : public strategy {
 public:
  pct(std::uint32_t depth, std::uint32_t decisions_estimate) : depth_(depth), estimate_(decisions_estimate) {}
  void begin(std::uint64_t seed) override;
  void enabled(runnable& entered) override;
  std::size_t next(std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override { return rng_.below(bound); }

 private:
  std::uint32_t depth_;
  std::uint32_t estimate_;
  rng rng_;
  std::uint32_t decisions_ = 0;
  std::uint64_t lowest_ = 0;
  std::vector<std::uint64_t> priorities_;  // by strand; 0 = not drawn yet
  std::vector<std::uint32_t> change_points_;
};

/// Partial order sampling: every step has a random priority, drawn again when a step of another strand touched what it
/// will touch. Samples orders of conflicting steps evenly and does not care about the others.
class pos final : public strategy {
 public:
  void begin(std::uint64_t seed) override { rng_ = rng(seed); }
  void enabled(runnable& entered) override { entered.priority = rng_.next(); }
  std::size_t next(std::span<runnable> ready) override;
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched,
                std::span<runnable> ready) override;
  std::uint32_t choose(std::uint32_t bound) override { return rng_.below(bound); }

 private:
  rng rng_;
};

/// seed % 3 selects random walk, PCT with depth 3, or POS: who asks deciding() need not go through this one.
class portfolio final : public strategy {
 public:
  explicit portfolio(strategy_options options) : pct_(pct_depth, options.decisions_estimate) {}
  void begin(std::uint64_t seed) override;
  strategy& deciding() noexcept override { return *current_; }
  void enabled(runnable& entered) override { current_->enabled(entered); }
  std::size_t next(std::span<runnable> ready) override { return current_->next(ready); }
  void executed(const runnable& done, std::span<const naild::task::resource_id> touched,
                std::span<runnable> ready) override {
    current_->executed(done, touched, ready);
  }
  std::uint32_t choose(std::uint32_t bound) override { return current_->choose(bound); }

 private:
  random_walk walk_;
  pct pct_;
  pos pos_;
  std::array<strategy*, 3> members_{&walk_, &pct_, &pos_};
  strategy* current_ = &walk_;
};

}  // namespace nailbiter::explore
