#include "reference/wire/chunk.hpp"

namespace naild::wire {

client_chunk_type client_type_of(std::uint8_t type_byte) noexcept {
  switch (const auto type = static_cast<client_chunk_type>(type_byte)) {
    case client_chunk_type::argument:
    case client_chunk_type::environment:
    case client_chunk_type::working_dir:
    case client_chunk_type::command:
    case client_chunk_type::heartbeat:
    case client_chunk_type::stdin_data:
    case client_chunk_type::stdin_eof: return type;
    case client_chunk_type::unknown: break;
  }
  return client_chunk_type::unknown;
}

server_chunk_type server_type_of(std::uint8_t type_byte) noexcept {
  switch (const auto type = static_cast<server_chunk_type>(type_byte)) {
    case server_chunk_type::start_reading_stdin:
    case server_chunk_type::stdout_data:
    case server_chunk_type::stderr_data:
    case server_chunk_type::exit: return type;
    case server_chunk_type::unknown: break;
  }
  return server_chunk_type::unknown;
}

}  // namespace naild::wire
