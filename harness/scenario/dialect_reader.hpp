#pragma once

// Axes of a dialect as a table of a file: in profiles what the daemon speaks, in scenarios what it must speak.

#include "harness/scenario/dialect.hpp"
#include "harness/scenario/table_reader.hpp"

namespace nailbiter::scenario {

/// Sets in `to` what the table says; unknown axes and values are faults.
void read_dialect(const table& from, dialect& to, fault_list& faults);

}  // namespace nailbiter::scenario
