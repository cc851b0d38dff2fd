#pragma once

// Where a process listens, from /proc.

#include <cstdint>
#include <string>
#include <vector>

namespace nailbiter::target {

/// Addresses ("unix:PATH") of the unix sockets at which the process listens, sorted: those that the kernel names, and those
/// that its command line names (the kernel knows a socket by the name that it was bound to, and a careful daemon renames
/// it then). Only what is there. Empty also where it cannot be seen.
std::vector<std::string> unix_listeners_of(std::int32_t pid);

}  // namespace nailbiter::target
