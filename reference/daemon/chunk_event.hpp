#pragma once

// A client's chunk as an event of its session's machine.

#include "reference/session/event.hpp"
#include "reference/wire/chunk.hpp"

namespace naild::daemon {

session::event event_of(const wire::client_chunk& chunk);

}  // namespace naild::daemon
