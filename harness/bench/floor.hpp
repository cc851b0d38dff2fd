#pragma once

// The floor: the least that any single-threaded server must do for a no-op run. It accepts, reads a header up to its
// `C` chunk, answers `X` "0" and closes when the client has. No server of this protocol can be much faster.

#include <string>

namespace nailbiter::bench {

/// Serves on a unix socket until SIGTERM ends the process. Returns only on failure, with errno's text.
std::string serve_floor(const std::string& socket_path);

/// How many of `received` belong to the header, its `C` chunk included; 0 while that is not whole.
std::size_t header_length(const char* received, std::size_t size) noexcept;

}  // namespace nailbiter::bench
