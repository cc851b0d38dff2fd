#pragma once

// What the program's exit code says, and which of several findings it says it of.

#include <cstdint>

#include "harness/report/campaign.hpp"

namespace nailbiter::command {

enum class exit_code : std::uint8_t {
  holds = 0,
  nonconformant = 1,   // a failure, or an unexpected pass
  unknown = 2,         // a case without a verdict, or nothing was executed
  leak = 3,            // one session's data or fate reached another
  usage = 64,
  harness_fault = 70,
  interrupted = 130,   // Ctrl+C
};

enum class harness_state : std::uint8_t { sound, faulty };

/// The first that applies: harness fault, interrupted, leak, nonconformant, unknown, holds. Known failures count as neither
/// failure nor leak; failing differently from a known failure is a failure.
exit_code exit_code_of(const report::campaign& all, harness_state harness = harness_state::sound);

}  // namespace nailbiter::command
