#include "reference/daemon/chunk_event.hpp"

namespace naild::daemon {
namespace {

session::event_kind kind_of(wire::client_chunk_type type) noexcept {
  switch (type) {
    case wire::client_chunk_type::argument: return session::event_kind::argument;
    case wire::client_chunk_type::environment: return session::event_kind::environment;
    case wire::client_chunk_type::working_dir: return session::event_kind::working_dir;
    case wire::client_chunk_type::command: return session::event_kind::command;
    case wire::client_chunk_type::heartbeat: return session::event_kind::heartbeat;
    case wire::client_chunk_type::stdin_data: return session::event_kind::stdin_data;
    case wire::client_chunk_type::stdin_eof: return session::event_kind::stdin_eof;
    case wire::client_chunk_type::unknown: break;
  }
  return session::event_kind::unknown_chunk;
}

}  // namespace

session::event event_of(const wire::client_chunk& chunk) {
  const session::event_kind kind = kind_of(chunk.type);
  const bool unknown = kind == session::event_kind::unknown_chunk;
  return {.kind = kind, .payload = base::bytes(chunk.payload), .number = unknown ? chunk.type_byte : 0};
}

}  // namespace naild::daemon
