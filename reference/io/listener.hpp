#pragma once

// Listens on a unix or TCP address of this machine.

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "reference/port/listener.hpp"

namespace naild::io {

class loop;

/// Listens from its return on. A unix socket's file appears with mode 0600; a TCP host must be a loopback one. The
/// error is a text that a user can act on. Borrows the loop.
tl::expected<std::unique_ptr<port::listener>, std::string> make_listener(loop& owner, const port::address& where);

}  // namespace naild::io
