#pragma once

// What set a failure off: the last step before its witness that reached the failing client's session in the daemon from
// outside. Knows labels and which step made which runnable; it has never seen the daemon.

#include <cstddef>
#include <optional>

#include "harness/command/step_owners.hpp"

namespace nailbiter::command {

/// A step of another client's session, or of the clock for the session or for the daemon itself. Nullopt: its witness is
/// no client's, or nothing else reached its session.
std::optional<std::size_t> set_off_by(const execution& failing, const step_owners& owners);

/// The client whose step it is.
std::optional<std::size_t> client_of_step(const execution& done, const step_owners& owners, std::size_t step);

}  // namespace nailbiter::command
