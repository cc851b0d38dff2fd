#pragma once

// One [[client]] with its axes fixed -> the clients of a plan.

#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/scenario/substitution.hpp"
#include "harness/scenario/table_reader.hpp"

namespace nailbiter::scenario {

/// As many clients as its count says. Faults are reported at the client's line.
std::vector<plan::client> build_clients(const client_template& from, const bindings& axes, fault_list& faults);

}  // namespace nailbiter::scenario
