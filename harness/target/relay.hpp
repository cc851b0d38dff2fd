#pragma once

// What `nailbiter actor` does: connects to a daemon and passes bytes on between that connection and the harness, until
// one of them has gone. It holds the connection alone, so that the daemon sees what becomes of its process.

#include "reference/port/address.hpp"

namespace nailbiter::target {

/// Blocks. `harness` is a connected unix socket, borrowed: a half-close of it half-closes the connection, its close
/// closes it once what was taken has been offered to the daemon. False when there is no connection.
bool relay(const naild::port::address& daemon, int harness);

}  // namespace nailbiter::target
