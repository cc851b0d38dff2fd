#pragma once

// What the threads of a process and of its descendants do right now, from /proc. Judges nothing.

#include <cstdint>
#include <optional>
#include <string>

#include "harness/target/stall.hpp"

namespace nailbiter::target {

/// nullopt: there is no such process, or it may not be looked at.
std::optional<process_activity> activity_of(std::int32_t pid);

/// Where each thread of the process waits: one line a thread, its name, its state, its system call and what the kernel
/// shows of its stack; what the kernel does not show is told with the reason. Bounded. Empty for a process that has gone.
std::string stacks_of(std::int32_t pid);

}  // namespace nailbiter::target
