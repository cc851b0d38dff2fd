#pragma once

// Where the scenarios are, and where this program is.

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace nailbiter::command {

/// The folder that holds this program and its siblings.
std::filesystem::path program_folder();

/// The first of: `asked` (--scenarios), $NAILBITER_DATA, the source tree this was built from, ../share/nailbiter beside
/// the program. Each may be the folder itself or hold it under the name scenarios. What was asked for and what the
/// environment names must exist; the error names all that were tried.
tl::expected<std::filesystem::path, std::string> scenarios_folder(const std::string& asked);

}  // namespace nailbiter::command
