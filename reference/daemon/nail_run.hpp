#pragma once

// One run of a nail: finds it by its command, says what the daemon has to say about the request, lets it work.

#include <cstdint>

#include "reference/nail/nail_context.hpp"
#include "reference/nail/registry.hpp"
#include "reference/task/task.hpp"

namespace naild::daemon {

inline constexpr std::int32_t no_such_command_code = 127;

/// The exit code of the run. All that it wrote is in its output queue by then.
task::task<std::int32_t> run_nail(nail::nail_context& run, const nail::registry& nails);

}  // namespace naild::daemon
