#pragma once

// A recorded schedule on code that may have changed: by its anchors, with how much of it matched.

#include "harness/explore/anchors.hpp"
#include "harness/target/sim_target.hpp"

namespace nailbiter::command {

struct schedule_trial {
  target::case_result result;
  explore::schedule_match match;
};

/// `how`: the daemon, as sim_options choose it.
schedule_trial try_schedule(const plan::plan& what, const explore::schedule& record, target::sim_options how = {});

/// One line without its end: how much matched, and what the execution gave.
std::string to_string(const schedule_trial& what);

}  // namespace nailbiter::command
