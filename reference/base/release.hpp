#pragma once

// Gives the memory of a byte container back. Assigning `{}` empties it and keeps the memory, for any other of its kind too.

#include "reference/base/bytes.hpp"

namespace naild::base {

/// `which` is empty afterwards, and holds no memory beyond itself.
inline void release(bytes& which) noexcept { bytes().swap(which); }

}  // namespace naild::base
