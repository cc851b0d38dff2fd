#pragma once

// What one client of a played plan has observed: the left and right side of every law. Made from a history alone.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/history/event.hpp"

namespace nailbiter::laws {

enum class ended : std::uint8_t { exited, cut, still_open };  // `X`; the connection ended without it; neither

struct observation {
  std::string standard_output{};
  std::string standard_error{};
  std::optional<std::int32_t> exit_code{};
  ended how = ended::still_open;
  std::uint64_t slips = 0;  // chunks after `X`, payloads of `X` that are no number, bytes that are no chunks

  friend bool operator==(const observation&, const observation&) = default;
};

/// One observation a client, in the plan's order.
std::vector<observation> observe(const history::history& observed);

/// One line with C escapes, cut where it is long.
std::string to_string(const observation& what);

}  // namespace nailbiter::laws
