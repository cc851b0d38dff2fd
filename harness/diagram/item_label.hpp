#pragma once

// What a drawing writes beside one observation: a few words of printable ASCII.

#include <string>

#include "harness/history/event.hpp"

namespace nailbiter::diagram {

/// "C header", "X 7", "1 \"hello\\n\"", "0 64 B", "at ready", "cancelled".
std::string label_of(const history::event& what);

}  // namespace nailbiter::diagram
