#pragma once

// Who decides what happens next in a simulated world. A strategy sees labelled runnable steps, one per strand, and
// nothing else: no pointers, no time, no bytes. The same seed gives the same decisions.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "reference/task/step.hpp"

namespace nailbiter::explore {

/// Strands are numbered from 1 in the order of their making; 0 = the clock.
using strand_id = std::uint16_t;
constexpr strand_id clock_strand = 0;

/// The first step of one strand that has something to do.
struct runnable {
  naild::task::step_label label{};
  strand_id strand = 0;
  std::uint64_t priority = 0;  // the strategy's own
};

class strategy {
 public:
  virtual ~strategy() = default;

  /// A new execution: forget everything.
  virtual void begin(std::uint64_t seed) = 0;

  /// Who decides in the execution that has begun: itself, or the one to whom it would only pass every question on.
  virtual strategy& deciding() noexcept { return *this; }

  /// `entered` has become the runnable step of its strand.
  virtual void enabled(runnable& entered) { static_cast<void>(entered); }

  /// Index of the step to run; asked only when there are two or more. The oldest comes first: always 0 is FIFO.
  virtual std::size_t next(std::span<runnable> ready) = 0;

  /// `done` has run, asked for or not; `touched` are the resources it named. `ready` is what is runnable now.
  virtual void executed(const runnable& done, std::span<const naild::task::resource_id> touched,
                        std::span<runnable> ready) {
    static_cast<void>(done), static_cast<void>(touched), static_cast<void>(ready);
  }

  /// A decision about data (how much of a write is taken, how much arrives): a value below `bound`; 0 = the ordinary
  /// way. Asked only when bound > 1; bound is at most 255.
  virtual std::uint32_t choose(std::uint32_t bound) = 0;
};

struct strategy_options {
  /// Decisions that an execution is expected to have: PCT places its change points among them.
  std::uint32_t decisions_estimate = 400;
  /// Of dfs, from the calm schedule.
  std::uint32_t departures_max = 2;
};

/// portfolio | pos | pct | random | dfs | fifo; nullptr for any other name. All but dfs (which goes on from schedule to
/// schedule) decide by the seed alone.
std::unique_ptr<strategy> make_strategy(std::string_view name, strategy_options options = {});

}  // namespace nailbiter::explore
