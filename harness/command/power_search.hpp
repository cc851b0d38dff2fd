#pragma once

// The searches of `nailbiter power` in the simulator, in a process whose environment has woken one planted bug.

#include "harness/command/commands.hpp"

namespace nailbiter::command {

/// Searches for a failure of one case, how.seeds times with other schedules, by the one strategy that is named; prints
/// a line a search (power/search.hpp). A case that does not run in the simulator is refused.
exit_code search_case(const power_options& how, terminal to);

}  // namespace nailbiter::command
