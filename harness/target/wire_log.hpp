#pragma once

// The conversation of a case as text: one line a chunk, payloads escaped and cut. For people; nothing reads it back.

#include <string>

#include "harness/history/event.hpp"

namespace nailbiter::target {

/// At most `bytes_max` bytes; a longer one ends with a line that says so.
std::string wire_log(const history::history& observed, std::size_t bytes_max = 1u << 20);

}  // namespace nailbiter::target
