#pragma once

// A file without a name for bytes that are waiting and must not cost memory; the simulator keeps them in a string. It
// is gone with its owner, however the process ends.

#include <cstdint>
#include <memory>
#include <span>

#include "reference/base/bytes.hpp"

namespace naild::port {

/// One strand. Calls may wait for a local disk, never for a peer.
class spill_file {
 public:
  virtual ~spill_file() = default;

  /// All of it at its end, or false and the end stays where it was (no space).
  virtual bool append(base::byte_view bytes) = 0;

  /// Fills all of `into` from `offset`; false when that is not there.
  virtual bool read_at(std::uint64_t offset, std::span<char> into) = 0;

  /// Forgets everything and gives the space back.
  virtual void clear() noexcept = 0;
};

/// Any thread.
class spill_files {
 public:
  virtual ~spill_files() = default;

  /// Null when none can be made.
  virtual std::unique_ptr<spill_file> make() = 0;
};

}  // namespace naild::port
