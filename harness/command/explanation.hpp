#pragma once

// A failure in words: what was observed, and which two steps in which order made it so.

#include <string>

#include "harness/command/reproduction.hpp"

namespace nailbiter::command {

/// One sentence. Plays `failing`, an execution of `what`, again and lets one step of it wait: it names the last one that
/// makes the case pass by waiting, and the first step for which it must wait.
std::string explain(reproduction& again, const plan::plan& what, const execution& failing);

}  // namespace nailbiter::command
