#pragma once

// The programs of simulated child processes: the puppet, and what the simulator brings (true, false, cat).

#include "harness/sim/process_family.hpp"
#include "reference/port/connector.hpp"

namespace nailbiter::target {

/// Borrows the network, by which puppets reach their control server.
sim::program_maker simulated_programs(naild::port::connector& network);

}  // namespace nailbiter::target
