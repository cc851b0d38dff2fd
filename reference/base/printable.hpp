#pragma once

// Bytes as one line of a log: whatever they are, they neither end the line nor drive a terminal.

#include "reference/base/bytes.hpp"

namespace naild::base {

/// Printable ASCII stays, a newline becomes \n, every other byte \x1b and so on.
bytes printable(byte_view text);

}  // namespace naild::base
