#pragma once

// The lines of the control connection: JSON objects, one a line (puppet.md). Pure text.

#include <cstdint>
#include <optional>
#include <variant>

#include "reference/base/bytes.hpp"

namespace naild::puppet {

/// What the harness says.
struct go {
  base::bytes token;
};
struct perform {
  base::bytes script_op;
};
struct leave {
  std::int32_t code = 0;
};
using order = std::variant<go, perform, leave>;

/// A longer line ends the connection.
inline constexpr std::size_t control_line_bytes_max = 64u << 10;

/// nullopt for anything that is no order.
std::optional<order> parse_order(base::byte_view line);

/// What the puppet says of itself; each is one line with its newline.
base::bytes hello_line(base::byte_view run, std::int64_t pid);
base::bytes at_line(base::byte_view run, base::byte_view token);
base::bytes barrier_line(base::byte_view run, base::byte_view name);
base::bytes blocked_line(base::byte_view run);
base::bytes cancelled_line(base::byte_view run);
base::bytes exit_line(base::byte_view run, std::int32_t code);

}  // namespace naild::puppet
