#pragma once

// Which code this is: the sources and, apart from them, the build. Two builds of the same sources replay each other's
// schedules; other sources may not.

#include <string>

namespace nailbiter::command {

/// Of all files in reference/ and harness/, by name and content: 16 hex digits.
std::string source_hash();

/// The build id that the linker gave this program, in hex; empty if it gave none.
std::string build_hash();

}  // namespace nailbiter::command
