#pragma once

// What a simulated daemon and its clients hold: the counterpart of what the kernel counts of a real one.

#include "harness/actor/census_taker.hpp"
#include "harness/sim/process_spawner.hpp"
#include "harness/sim/spill_files.hpp"
#include "harness/sim/thread_pool.hpp"
#include "harness/sim/world.hpp"

namespace nailbiter::target {

/// Borrows all.
class sim_census final : public actor::census_taker {
 public:
  sim_census(sim::world& world, const sim::process_spawner& processes, const sim::spill_files& spill, const sim::thread_pool& threads) noexcept
      : world_(world), processes_(processes), spill_(spill), threads_(threads) {}

  void take(actor::recorder& into) override {
    add(into, "fds", world_.open_ends());
    add(into, "timers", world_.armed_timers());
    add(into, "threads", threads_.working());
    add(into, "children", processes_.unreaped());
    add(into, "spilled", spill_.held_bytes());
  }

 private:
  static void add(actor::recorder& into, const char* resource, std::size_t value) {
    into.add(history::event_kind::census, history::no_actor, resource, static_cast<std::int64_t>(value));
  }

  sim::world& world_;
  const sim::process_spawner& processes_;
  const sim::spill_files& spill_;
  const sim::thread_pool& threads_;
};

}  // namespace nailbiter::target
