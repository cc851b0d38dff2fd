#pragma once

// What can happen to one session: inputs of its machine. Values, comparable and printable.

#include <cstdint>
#include <string>

#include "reference/base/bytes.hpp"

namespace naild::session {

enum class event_kind : std::uint8_t {
  // chunks from the client; `payload` holds the chunk's bytes
  argument,
  environment,
  working_dir,
  command,
  heartbeat,
  stdin_data,
  stdin_eof,
  unknown_chunk,    // a type byte that no side sends, or one that only a server sends; `number` = the type byte
  chunk_too_long,   // `number` = the announced length
  // the connection
  half_closed,      // the client shut its write side
  gone,             // closed, reset, write failed
  // time
  header_timed_out,
  heartbeat_timed_out,
  linger_timed_out,
  // admission
  admitted,         // the run may start
  refused,          // `payload` = the reason the client is told
  // the nail
  nail_wants_stdin,     // at its first read (puppet) or at start (exec)
  nail_consumed_stdin,  // one Stdin chunk has been taken whole out of the pipe
  nail_stopped_stdin,   // it will never read again
  nail_exited,          // `number` = its exit code; all its output is in the queue
  output_drained,       // everything up to and including `X` has been handed to the connection
  // the daemon
  drain_asked,      // refuse if no run has started
  cancel_asked,     // an operator or a drain limit; `payload` = the reason
};

struct event {
  event_kind kind{};
  base::bytes payload{};
  std::int64_t number = 0;

  friend bool operator==(const event&, const event&) = default;
};

const char* name_of(event_kind kind) noexcept;

/// One line: kind, number, escaped payload (shortened).
std::string to_string(const event& what);

}  // namespace naild::session
