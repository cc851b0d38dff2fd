#pragma once

// Where a process listens, from /proc.

#include <cstdint>
#include <string>
#include <vector>

namespace nailbiter::target {

/// Addresses ("unix:PATH") of the unix sockets with a path at which the process listens, sorted. Empty also where it cannot
/// be seen.
std::vector<std::string> unix_listeners_of(std::int32_t pid);

}  // namespace nailbiter::target
