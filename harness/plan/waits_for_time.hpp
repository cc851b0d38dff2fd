#pragma once

// May a case need that time goes on? Where it may not, a world in which only time can go on has lost a wake-up, and that
// can be said before any timeout hides it. Errs to the side of yes.

#include "harness/plan/plan.hpp"

namespace nailbiter::plan {

/// False: every client of it ends by what it, the others and the runs do, and no limit of the daemon is needed for that.
bool waits_for_time(const plan& what);

}  // namespace nailbiter::plan
