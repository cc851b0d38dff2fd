#pragma once

// Where a run wants its log: from the variables of its request, or by a path it names later.

#include "reference/nail/nail_context.hpp"

namespace naild::nail {

/// Opens `path` for the run's log; a relative one is below the run's directory. Empty, or why it cannot be: one line
/// without its newline, and the log stays where it was.
base::bytes open_log_file(stdio::run_log& log, port::run_log_files* files, base::byte_view directory, base::byte_view path);

/// NAILD_LOG_LEVEL=debug|info|warning|error and NAILD_LOG_FILE=path of the request. Empty, or lines for the run's stderr
/// about what cannot be; the run goes on.
base::bytes obey_log_request(nail_context& run);

}  // namespace naild::nail
