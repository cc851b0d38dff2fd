#pragma once

// A failure in words: what was observed, and which two steps in which order made it so.

#include <string>

#include "harness/command/reproduction.hpp"

namespace nailbiter::command {

/// One sentence. Looks for the schedule that is nearest to the failing one (one decision differs) and passes; of the
/// conflicting steps that come the other way round there, it names the last pair.
std::string explain(reproduction& again, const plan::plan& what, const explore::decision_list& decisions,
                    const execution& failing);

}  // namespace nailbiter::command
