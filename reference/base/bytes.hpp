#pragma once

// Opaque bytes. POSIX arguments, paths and streams are bytes in no particular encoding, so everything that carries
// them is a std::string used as a byte container; nothing here interprets them.

#include <string>
#include <string_view>

namespace naild::base {

using bytes = std::string;
using byte_view = std::string_view;

}  // namespace naild::base
