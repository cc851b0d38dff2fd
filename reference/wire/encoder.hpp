#pragma once

// Chunks to bytes. Appends to what the caller writes next; allocates only there.

#include <cstdint>
#include <optional>

#include "reference/base/bytes.hpp"
#include "reference/wire/chunk.hpp"

namespace naild::wire {

/// The payload must be shorter than 4 GiB and the type known.
void append_chunk(base::bytes& out, server_chunk_type type, base::byte_view payload);
void append_chunk(base::bytes& out, client_chunk_type type, base::byte_view payload);

/// Only the 5 bytes of the chunk header; `payload_bytes` bytes must follow, for example by a gather write.
void append_chunk_header(base::bytes& out, server_chunk_type type, std::uint32_t payload_bytes);
void append_chunk_header(base::bytes& out, client_chunk_type type, std::uint32_t payload_bytes);

/// A whole `X` chunk: the code in decimal, no newline.
void append_exit(base::bytes& out, std::int32_t code);

/// The exit code in the payload of an `X`: white space around it is trimmed, nullopt when it is no decimal int32.
std::optional<std::int32_t> parse_exit_code(base::byte_view payload) noexcept;

}  // namespace naild::wire
