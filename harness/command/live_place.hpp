#pragma once

// Where a rate has been counted on a live daemon.

#include <string>

#include "harness/plan/plan.hpp"
#include "harness/target/live_target.hpp"

namespace nailbiter::command {

/// "naild, live, naild build 1a2b3c4d5e6f"; without the program where the daemon was not started here. For people, and equal
/// only for the same build. Starts the daemon if it does not run.
std::string live_place(const std::string& name, target::live_target& target, const plan::plan& what);

}  // namespace nailbiter::command
