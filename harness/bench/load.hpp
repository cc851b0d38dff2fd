#pragma once

// The load generator: whole runs against a daemon, one or many connections at a time. A run is a connection of its own.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::bench {

struct load {
  std::string socket_path;
  std::string header;              // all that a client sends
  std::uint32_t connections = 1;   // in flight at once
  std::uint32_t runs = 1;
};

struct load_result {
  std::uint64_t duration_ns = 0;
  std::vector<std::uint32_t> latencies_ns{};  // one a run, in order of ending

  double runs_per_s() const noexcept;
  double p50_us() const;
};

/// Fails with a text if a run ends without `X` "0", or if nothing comes for `silence_ms_max`.
tl::expected<load_result, std::string> generate(const load& what);

/// One chunk as bytes.
std::string chunk(char type, std::string_view payload);

}  // namespace nailbiter::bench
