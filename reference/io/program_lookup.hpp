#pragma once

// Which file a run's command names, by the run's own PATH and directory. Knows nothing of the daemon's.

#include <tl/expected.hpp>

#include "reference/port/process.hpp"

namespace naild::io {

/// The path to execute, or why there is none. A directory or a file without execute permission found on the way is
/// remembered: then the answer is not_executable, not not_found.
tl::expected<base::bytes, port::spawn_error> find_program(const port::process_request& what);

}  // namespace naild::io
