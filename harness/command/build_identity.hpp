#pragma once

// Which code this is: the sources and, apart from them, the build. Two builds of the same sources replay each other's
// schedules; other sources may not.

#include <cstdint>
#include <string>

namespace nailbiter::command {

/// Of all files in reference/ and harness/, by name and content: 16 hex digits.
std::string source_hash();

/// The build id that the linker gave this program, in hex; empty if it gave none.
std::string build_hash();

/// The program that a process runs, by name and build id: "naild build 1a2b3c4d5e6f"; empty if that cannot be read, as of
/// a process that has ended. Of an interpreter it is the interpreter's.
std::string program_of(std::int32_t pid);

/// Where the simulator has counted a rate: by whose schedules, of which build of which sources. For people, and equal only for
/// the same build.
std::string simulated_by_portfolio();

}  // namespace nailbiter::command
