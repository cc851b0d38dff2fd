#pragma once

// A case for a daemon that performs one run at a time: nobody in it may wait for a run that waits for him. What is about
// running at once is ruled out; whatever else a case says must hold when its runs follow each other.

#include <string>

#include <tl/expected.hpp>

#include "harness/plan/plan.hpp"

namespace nailbiter::scenario {

/// Without the barriers at which several clients meet. Where a client waits for the end of another, each starts after
/// the one before it, in an order that all of them allow; else the daemon's lock keeps them apart. The error says why
/// the case cannot be played so.
tl::expected<plan::plan, std::string> in_turn(plan::plan what);

}  // namespace nailbiter::scenario
