#pragma once

// The lines of a daemon's log that complain. Knows naild's levels; of another daemon every line counts.

#include <string>
#include <string_view>
#include <vector>

namespace nailbiter::target {

/// Neither naild's `info:` and `debug:` lines nor one that `ready`, a regular expression, is found in (empty: none is).
std::vector<std::string> complaints_in(std::string_view log, const std::string& ready);

}  // namespace nailbiter::target
