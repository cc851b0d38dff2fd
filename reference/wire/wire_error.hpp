#pragma once

// What a peer did wrong at the level of bytes. The stream has lost its chunk boundaries: nothing after it can be read.

#include <cstdint>

#include <tl/expected.hpp>

namespace naild::wire {

enum class wire_error : std::uint8_t {
  chunk_too_long,  // the announced length is over the limit
};

/// A text a user can act on; never empty.
constexpr const char* describe(wire_error error) noexcept {
  switch (error) {
    case wire_error::chunk_too_long: return "chunk is longer than chunk_bytes_max";
  }
  return "unknown wire error";
}

template <class T>
using result = tl::expected<T, wire_error>;

}  // namespace naild::wire
