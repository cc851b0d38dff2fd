#pragma once

// Makes a target's puppet, where its profile says how: once for a run of the harness, whatever the number of workers.

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "harness/command/live_setup.hpp"

namespace nailbiter::command {

/// Runs the profile's [puppet] build with {build} = `folder`, which is made; the target's command then names it too. A
/// setup without a build, or of a target that is not installed, stays as it is. The error says what the build said.
tl::expected<void, std::string> build_puppet(live_setup& setup, const std::filesystem::path& folder);

/// `folder` holds what another process of this run has built.
void use_built_puppet(live_setup& setup, const std::filesystem::path& folder);

}  // namespace nailbiter::command
