#pragma once

// The schedule of a failure that was kept, as decisions that show it here.

#include <string>

#include <tl/expected.hpp>

#include "harness/command/failure.hpp"
#include "harness/command/reproduction.hpp"

namespace nailbiter::command {

/// By its recorded schedule or, without one, by the first schedule of the portfolio that fails in the same way. The error
/// is a text that says what there is none of.
tl::expected<explore::decision_list, std::string> kept_decisions(const failure& kept, reproduction& again);

}  // namespace nailbiter::command
