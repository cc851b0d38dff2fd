#pragma once

// Every bound of naild's dialect, by its name and default (protocol.md). Times in milliseconds, sizes in bytes.

#include <cstddef>
#include <cstdint>
#include <limits>

#include "reference/session/machine.hpp"

namespace naild::daemon {

struct limits {
  std::uint32_t chunk_bytes_max = 1u << 20;           // payload of one chunk
  std::size_t header_bytes_max = 8u << 20;            // of one session
  std::size_t header_bytes_total_max = 64u << 20;     // of all sessions together
  std::size_t args_max = 65'536;
  std::size_t env_max = 8'192;
  std::uint64_t header_timeout_ms = 10'000;
  std::uint64_t heartbeat_timeout_ms = 10'000;        // off until the client's first `H`
  std::size_t stdin_bytes_max = 256u << 10;
  std::size_t stdin_spill_max = 64u << 20;            // only where the peer's leaving cannot be watched (TCP)
  std::size_t output_bytes_max = 256u << 10;
  std::size_t sessions_max = 8'192;
  std::size_t descriptors_max = std::numeric_limits<std::size_t>::max();  // of the process; the system's hard limit besides
  std::size_t runs_max = std::numeric_limits<std::size_t>::max();  // beyond it runs queue, first come first served
  std::uint64_t grace_ms = 3'000;
  std::uint64_t drain_ms = 10'000;
  std::uint64_t orphan_ms = 250;
  std::uint64_t linger_ms = 1'000;
  std::size_t pool_threads_max = 2'048;               // for blocking commands and what they start
  std::size_t pool_lost_max = 16;                     // threads that never came back; beyond it the daemon drains
  session::stdin_grant stdin_grant = session::stdin_grant::each;

  session::limits of_header() const noexcept {
    return {.header_bytes_max = header_bytes_max, .args_max = args_max, .env_max = env_max};
  }
};

}  // namespace naild::daemon
