#pragma once

// A named choice of planted bugs, each with its number of hops: what is measured and shrunk together.

#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/power/mutant.hpp"

namespace nailbiter::power {

/// The bugs that a file of tests/mutants/sets/ names, as `catalogue` has them, but with the file's hops and with a name
/// that says them if it has any. The error names the file and line.
tl::expected<std::vector<mutant>, std::string> load_set(const std::filesystem::path& file, const std::vector<mutant>& catalogue);

}  // namespace nailbiter::power
