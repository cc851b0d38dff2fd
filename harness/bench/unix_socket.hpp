#pragma once

// The few socket calls of the benchmarks: raw, so that nothing of the project stands between the clock and the kernel.

#include <string>

namespace nailbiter::bench {

/// A connected socket, close-on-exec and non-blocking; -1 with errno set.
int connect_to(const std::string& path);

/// A listening socket, close-on-exec and non-blocking; -1 with errno set.
int listen_at(const std::string& path);

}  // namespace nailbiter::bench
