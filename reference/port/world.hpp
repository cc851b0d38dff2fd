#pragma once

// The effects a daemon or an actor needs, bundled: what `main` or the simulator hands down. Borrowed, never owned.

#include "reference/port/clock.hpp"
#include "reference/port/connector.hpp"
#include "reference/task/strand.hpp"

namespace naild::port {

struct world {
  task::strand_pool& strands;
  clock& time;
  connector& network;
};

}  // namespace naild::port
