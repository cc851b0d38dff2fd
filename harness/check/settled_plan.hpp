#pragma once

// Some endings are open: a client that comes while a daemon stops may be served or turned away, but wholly. What came of
// it decides which of the two its plan says, and the families then judge that.

#include <optional>

#include "harness/history/event.hpp"
#include "harness/plan/plan.hpp"

namespace nailbiter::check {

bool has_open_endings(const plan::plan& what) noexcept;

/// The plan with each open ending replaced: exits where a run was begun or seen, no_answer where no connection or not
/// a chunk came, else refused.
plan::plan settled(plan::plan what, const history::history& observed);

}  // namespace nailbiter::check
