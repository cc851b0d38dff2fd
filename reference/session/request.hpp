#pragma once

// What a client asks for, and the bounds of asking.

#include <cstddef>
#include <vector>

#include "reference/base/bytes.hpp"

namespace naild::session {

/// What the client asked for; complete from `C` on. Bytes are passed through unchanged.
struct request {
  base::bytes command;
  std::vector<base::bytes> arguments;
  std::vector<base::bytes> environment;  // KEY=VALUE, duplicate keys already resolved: last wins, first position
  base::bytes working_dir;
};

/// Bounds of the header and codes of naild's dialect. 0 = unlimited nowhere: every limit is finite.
struct limits {
  std::size_t header_bytes_max = 8u << 20;
  std::size_t args_max = 65'536;
  std::size_t env_max = 8'192;
};

}  // namespace naild::session
