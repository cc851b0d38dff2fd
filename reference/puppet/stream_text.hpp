#pragma once

// Self-identifying bytes: what `stream FD BYTES` and `flood` write. Any slice of 64 bytes names its owner.
//
// The bytes are lines of 64: the text "NB <run> <fd> <offset>", filled with '.' to 63 bytes (cut there when it is
// longer), then '\n'. <run> is the value of NAILBITER_RUN, or - without it; <offset> is the decimal offset of the line's
// first byte in this op's output; the last line is cut where BYTES end.

#include <cstdint>

#include "reference/base/bytes.hpp"

namespace naild::puppet {

class stream_text {
 public:
  stream_text(base::byte_view run, int fd);

  /// Bytes [offset, offset + count), appended to `out`.
  void append(base::bytes& out, std::uint64_t offset, std::uint64_t count);

 private:
  void set_line(std::uint64_t number);

  base::bytes line_;
  std::size_t prefix_bytes_;
};

}  // namespace naild::puppet
