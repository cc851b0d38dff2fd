#pragma once

// A scenario file -> a scenario value. Checks keys, types and known words; what depends on axes is checked by
// expand.hpp.

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/scenario/document.hpp"
#include "harness/scenario/scenario.hpp"

namespace nailbiter::scenario {

/// All faults of the text at once, in the order of their lines as far as they are found in one pass.
tl::expected<scenario, std::vector<load_error>> parse_scenario(std::string_view text, const std::string& file);

tl::expected<scenario, std::vector<load_error>> read_scenario(const std::string& file);

}  // namespace nailbiter::scenario
