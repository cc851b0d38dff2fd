#pragma once

// What shrinking a failure is: the steps of it in their order, and the story that they end with. Knows no folder and no
// command line.

#include <cstdint>
#include <string>

#include "harness/command/options.hpp"
#include "harness/command/reproduction.hpp"
#include "harness/explore/shrink.hpp"

namespace nailbiter::command {

/// First the scenario, then the schedule: few departures from the calm one, found by trying or by dropping. `first`
/// shows the failure of `what`.
explore::shrunk shrink(const plan::plan& what, const explore::decision_list& first, reproduction& again, const shrink_effort& how);

/// Does the recorded schedule, read back, give the same events?
bool replays(const plan::plan& what, const execution& failing, reproduction& again);

/// What failed and how big it is, the sentence that explains it, the history as a table, what is left and what was taken
/// away. `failing` is an execution of `small`; `before` is what it was shrunk from.
std::string story_of(const explore::shrunk& small, const execution& failing, const explore::failure_size& before, reproduction& again);

}  // namespace nailbiter::command
