#pragma once

// The two kinds of chunk, told apart by type: what a client sends and what a server sends. Knows the type bytes and
// the layout (4 bytes big-endian payload length, 1 type byte, payload); knows no order, session or socket.

#include <cstddef>
#include <cstdint>

#include "reference/base/bytes.hpp"

namespace naild::wire {

inline constexpr std::size_t chunk_header_bytes = 5;
inline constexpr std::uint32_t chunk_bytes_max_default = 1u << 20;  // payload bytes

enum class client_chunk_type : std::uint8_t {
  unknown = 0,  // any byte that a client must not send; the byte itself is in client_chunk::type_byte
  argument = 'A',
  environment = 'E',
  working_dir = 'D',
  command = 'C',
  heartbeat = 'H',
  stdin_data = '0',
  stdin_eof = '.',
};

enum class server_chunk_type : std::uint8_t {
  unknown = 0,  // any byte that a server must not send
  start_reading_stdin = 'S',
  stdout_data = '1',
  stderr_data = '2',
  exit = 'X',
};

client_chunk_type client_type_of(std::uint8_t type_byte) noexcept;
server_chunk_type server_type_of(std::uint8_t type_byte) noexcept;

/// One chunk of a client. `payload` borrows from the decoder or from the pushed bytes: valid until its next push() or
/// next(). It may be empty; its bytes are opaque.
struct client_chunk {
  client_chunk_type type = client_chunk_type::unknown;
  std::uint8_t type_byte = 0;
  base::byte_view payload;

  friend bool operator==(const client_chunk&, const client_chunk&) = default;
};

/// One chunk of a server; `payload` as in client_chunk.
struct server_chunk {
  server_chunk_type type = server_chunk_type::unknown;
  std::uint8_t type_byte = 0;
  base::byte_view payload;

  friend bool operator==(const server_chunk&, const server_chunk&) = default;
};

}  // namespace naild::wire
