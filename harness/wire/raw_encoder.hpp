#pragma once

// Any bytes a client could send, wrong ones included: nothing is checked.

#include <cstdint>

#include "reference/base/bytes.hpp"

namespace nailbiter::wire {

/// A chunk of any type byte; the announced length is the payload's.
void append_chunk(naild::base::bytes& out, std::uint8_t type, naild::base::byte_view payload);

/// Only a chunk header; the announced length may be a lie.
void append_chunk_header(naild::base::bytes& out, std::uint8_t type, std::uint32_t announced_bytes);

}  // namespace nailbiter::wire
