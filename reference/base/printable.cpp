#include "reference/base/printable.hpp"

#include <iterator>

#include <fmt/core.h>

namespace naild::base {

bytes printable(byte_view text) {
  bytes out;
  for (const char byte : text) {
    if (byte == '\n') {
      out += "\\n";
    } else if (byte >= ' ' && byte != 0x7f) {
      out += byte;
    } else {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    }
  }
  return out;
}

}  // namespace naild::base
