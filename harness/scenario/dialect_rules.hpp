#pragma once

// What becomes of a case on a daemon of another dialect: what the dialect promises instead is written into the plan, and
// a case about a promise that it does not give is ruled out. So checkers need not know that there are dialects.

#include <string>

#include <tl/expected.hpp>

#include "harness/plan/plan.hpp"
#include "harness/scenario/dialect.hpp"

namespace nailbiter::scenario {

/// Empty if `speaks` has each value that `needed` names, else which one it has not.
std::string differs(const dialect& needed, const dialect& speaks);

/// The plan as a daemon that speaks so is to be judged by it; the error says why not, with the axis and its value.
/// naild's dialect changes and rules out nothing.
tl::expected<plan::plan, std::string> in_dialect(plan::plan what, const dialect& speaks);

}  // namespace nailbiter::scenario
