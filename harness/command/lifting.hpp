#pragma once

// From a failure in the simulator to a plan whose clients and puppets act in its order.

#include <string>
#include <vector>

#include "harness/command/reproduction.hpp"
#include "harness/explore/lift.hpp"
#include "harness/history/event.hpp"

namespace nailbiter::command {

/// What the clients and puppets of a history did, in its order. Ops that were abandoned have no end.
std::vector<explore::act> acts_of(const history::history& observed);

struct lifting {
  plan::plan what;
  bool has_tokens = false;  // false: only what clients do is in order, because with tokens it has not failed here
};

/// `decisions` show the failure. Plays in the simulator, with what `again` may still spend.
lifting lift(const plan::plan& what, const explore::decision_list& decisions, reproduction& again);

}  // namespace nailbiter::command
