#pragma once

// What a daemon must be to be played in the simulator: something made anew for each execution that serves one listener
// by nothing but the ports it is given. harness/sim/OTHER_CORES.md says the rules that the compiler cannot check.

#include <cstddef>
#include <functional>
#include <memory>

#include "reference/daemon/limits.hpp"
#include "reference/port/listener.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/port/spill_file.hpp"
#include "reference/port/world.hpp"
#include "reference/task/task.hpp"

namespace nailbiter::target {

/// Outlives every task and step of its execution; it is destroyed after the world has dropped what is suspended.
class simulated_core {
 public:
  virtual ~simulated_core() = default;

  /// Accepts and serves until the world ends; a root on `core_parts::own`. Sessions belong on strands of their own,
  /// numbered from 1 in the order of their accepts.
  virtual naild::task::task<> run() = 0;

  /// Asks it to stop, as SIGTERM does; called again, as a second one. False: it cannot be stopped. run() then ends.
  virtual bool stop() { return false; }

  /// Sessions that it still holds: asked once nothing can happen any more, and when run() has ended.
  virtual std::size_t sessions() const = 0;
};

/// Borrowed for as long as the core lives.
struct core_parts {
  const naild::port::world& world;
  naild::port::listener& door;
  naild::task::strand& own;
  naild::port::log_sink& log;
  naild::port::spill_files& spill;
  const naild::daemon::limits& bounds;  // what the plan's options of naild say; another daemon may ignore them
};

using make_core = std::function<std::unique_ptr<simulated_core>(const core_parts&)>;

}  // namespace nailbiter::target
