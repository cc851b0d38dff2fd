#include "harness/sim/world.hpp"

namespace nailbiter::sim {

world::world(world_options options)
    : scheduler_(options.slack_ns),
      clock_(scheduler_),
      network_(scheduler_, options.network),
      ports_{.strands = scheduler_, .time = clock_, .network = network_} {}

world::~world() { end(); }

void world::begin(explore::strategy& decides, std::uint64_t seed, std::uint64_t hostile_decisions) {
  end();
  network_.begin();
  scheduler_.begin(decides, seed, hostile_decisions);
}

run_result world::run(std::uint64_t steps_max, port::time_ns time_max) { return scheduler_.run(steps_max, time_max); }

void world::end() noexcept { scheduler_.end(); }

}  // namespace nailbiter::sim
