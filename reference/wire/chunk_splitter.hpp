#pragma once

// Cuts a byte stream at chunk boundaries, without copying a chunk that arrived whole. Knows the layout and the length
// limit; knows nothing of directions. The typed decoders are in decoder.hpp.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "reference/base/bytes.hpp"
#include "reference/wire/wire_error.hpp"

namespace naild::wire {

struct raw_chunk {
  std::uint8_t type_byte = 0;
  base::byte_view payload;
};

class chunk_splitter {
 public:
  explicit chunk_splitter(std::uint32_t chunk_bytes_max) noexcept : chunk_bytes_max_(chunk_bytes_max) {}

  void push(base::byte_view input);
  result<std::optional<raw_chunk>> next();

  std::size_t pending_bytes() const noexcept { return carried_bytes() + input_.size(); }
  std::uint32_t announced_bytes() const noexcept { return announced_bytes_; }

 private:
  std::size_t carried_bytes() const noexcept { return carry_.size() - begin_; }
  result<std::optional<std::size_t>> whole_bytes(base::byte_view rest);
  result<std::optional<raw_chunk>> next_from_input();
  result<std::optional<raw_chunk>> next_from_carry();
  bool fill_carry(std::size_t until_bytes);
  void release_carry();
  void keep_input();

  std::uint32_t chunk_bytes_max_;
  std::uint32_t announced_bytes_ = 0;
  base::byte_view input_;   // borrowed from the caller of push(): not consumed yet
  base::bytes carry_;       // what earlier pushes left over: mostly the beginning of one chunk
  std::size_t begin_ = 0;   // first byte of carry_ that is not consumed
  bool failed_ = false;
};

}  // namespace naild::wire
