#pragma once

// A failure in words: what was observed, and which two steps in which order made it so.

#include <string>

#include "harness/command/reproduction.hpp"

namespace nailbiter::command {

/// One sentence. Plays the decisions with the last overtaking taken back: where the case passes then, the first two
/// conflicting steps that changed places are named.
std::string explain(reproduction& again, const plan::plan& what, const explore::decision_list& decisions,
                    const execution& failing);

}  // namespace nailbiter::command
