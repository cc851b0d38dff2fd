#pragma once

// The options of naild that bound it, as the simulated core takes them: --header-timeout-ms=200 and the like.

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "reference/daemon/limits.hpp"

namespace nailbiter::target {

/// The defaults with what the options say. The error names the option that is not known or has no number.
tl::expected<naild::daemon::limits, std::string> limits_of(const std::vector<std::string>& daemon_args);

}  // namespace nailbiter::target
