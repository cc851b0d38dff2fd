#pragma once

// Chunks that wait in a file, first in, first out. Knows nothing of what they are and of who waits.

#include <cstdint>
#include <memory>
#include <optional>

#include "reference/base/bytes.hpp"
#include "reference/port/spill_file.hpp"

namespace naild::stdio {

/// One strand. The file is made at the first chunk and emptied when the last one has been taken.
class chunk_spill {
 public:
  /// Borrows `files`; null: nothing can be spilled.
  explicit chunk_spill(port::spill_files* files) noexcept : files_(files) {}

  bool usable() const noexcept { return files_ != nullptr; }
  bool empty() const noexcept { return read_at_ == write_at_; }

  /// False when the file takes no more: it was not taken.
  bool push(base::byte_view chunk);

  /// The oldest chunk; not while empty(). Nothing: the disk has lost it.
  std::optional<base::bytes> pop();

  void clear() noexcept;

 private:
  port::spill_files* files_;
  std::unique_ptr<port::spill_file> file_{};
  std::uint64_t read_at_ = 0;
  std::uint64_t write_at_ = 0;
};

}  // namespace naild::stdio
