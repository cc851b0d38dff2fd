#pragma once

// All scenarios of a directory: <dir>/<family>/<name>.toml, targets/ left out. Loading checks every case of every file,
// so that what is loaded can be expanded.

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/scenario/expand.hpp"

namespace nailbiter::scenario {

/// Sorted by id. Faults of all files together.
tl::expected<std::vector<scenario>, std::vector<load_error>> load_scenarios(const std::string& directory);

/// Every case of every scenario, in their order; the scenarios must outlive the cases.
std::vector<scenario_case> all_cases(const std::vector<scenario>& scenarios);

}  // namespace nailbiter::scenario
