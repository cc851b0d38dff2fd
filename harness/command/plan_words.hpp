#pragma once

// A plan as a person reads it: a line a client.

#include <string>

#include "harness/plan/plan.hpp"

namespace nailbiter::command {

/// "  a: 'out x' 'exit 3' / until exit / close", indented by two.
std::string steps_of(const plan::plan& what);

}  // namespace nailbiter::command
