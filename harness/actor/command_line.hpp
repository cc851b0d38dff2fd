#pragma once

// What a client of the plan says first: its header as bytes; and whether its run needs a control server.

#include <cstdint>
#include <string>

#include "harness/actor/setting.hpp"
#include "harness/plan/plan.hpp"

namespace nailbiter::actor {

/// Does the run of this client report to the harness? Only scripts can; plain ones do not, so that they stay cheap.
bool needs_control(const plan::client& who);
bool needs_control(const plan::plan& what);

/// An op that acts on a process of the client's own, which actors are not.
bool needs_process(const plan::client& who) noexcept;
bool needs_process(const plan::plan& what) noexcept;

/// All `A`, all `E`, `D`, `C`: the order of clients in practice.
std::string header_bytes(const plan::client& who, const setting& where);

}  // namespace nailbiter::actor
