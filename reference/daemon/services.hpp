#pragma once

// What a server is given: wiring done by main or by the simulator.

#include "reference/daemon/limits.hpp"
#include "reference/nail/registry.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/port/run_log_files.hpp"
#include "reference/port/spill_file.hpp"
#include "reference/port/world.hpp"

namespace naild::daemon {

/// All of it is borrowed and outlives the server and its sessions.
struct services {
  port::world world;
  const nail::registry& nails;
  port::log_sink& log;
  limits bounds{};
  port::spill_files* spill = nullptr;  // null: stdin beyond its bound waits in memory
  port::run_log_files* run_logs = nullptr;  // null: no run logs to a file
};

}  // namespace naild::daemon
