#pragma once

// The data of `list --json`: one object a case.

#include <span>
#include <string>

#include "harness/scenario/expand.hpp"

namespace nailbiter::scenario {

/// A JSON list; each object has id, title, level, requires, upstream, axes, worlds, mode, capabilities, smoke and
/// clients (their number).
std::string list_json(std::span<const scenario_case> cases);

}  // namespace nailbiter::scenario
