#pragma once

// A daemon's core, naild's or another, in the deterministic world: daemon and actors of one plan on one thread, every
// step chosen by a strategy. Its memory is used again by the next run.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/explore/strategy.hpp"
#include "harness/plan/plan.hpp"
#include "harness/sim/world.hpp"
#include "harness/target/case_result.hpp"
#include "harness/target/sim_core.hpp"
#include "reference/nail/blocking_nail.hpp"
#include "reference/nail/registry.hpp"

namespace nailbiter::target {

struct sim_options {
  std::uint64_t steps_max = 1'000'000;
  std::uint64_t hostile_decisions_max = 20'000;  // of the strategy; after them the schedule is fair, the oldest step first
  naild::port::time_ns time_max = naild::port::milliseconds(7'200'000);  // virtual
  bool judges = true;                                                    // false: the history only
  std::function<void(naild::nail::registry&)> adds{};                    // more commands, or another `puppet`; may be empty
  std::function<std::unique_ptr<naild::nail::blocking_nail>()> makes_blocking{};  // another `puppet-blocking`; may be empty
  make_core makes{};                                                     // another daemon than naild; empty: naild
};

/// One thread. The trace of the last run is at world().trace() until the next one.
class simulated_target {
 public:
  explicit simulated_target(sim_options options = {});
  ~simulated_target();

  /// Plays the plan under `decides`. Plans that the simulated core cannot play give not_exercised and no events. The
  /// wire log is made only of runs that do not pass.
  case_result run(const plan::plan& what, explore::strategy& decides, std::uint64_t seed);

  const sim::world& world() const noexcept { return world_; }

  /// For the runs that follow.
  void limit_steps(std::uint64_t steps_max) noexcept { options_.steps_max = steps_max; }

  /// How many events the history of the run that is under way has; for strategies that look on. 0 when none is.
  std::size_t events_so_far() const noexcept;

  /// A case_result whose memory is used by the next run.
  void recycle(case_result&& old);

 private:
  struct core;

  std::vector<history::event> play(const plan::plan& what, const naild::daemon::limits& bounds, std::vector<history::event> memory,
                                   std::string& daemon_log);

  sim_options options_;
  sim::world world_;
  std::unique_ptr<core> core_;
  history::history spare_;
};

}  // namespace nailbiter::target
