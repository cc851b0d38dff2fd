#pragma once

// The sans-I/O machine of ONE session: events in, actions out. All protocol policy of naild's dialect is here, its
// transitions in one table (transition_table.cpp). Knows no sockets, time, tasks or threads.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reference/session/action.hpp"
#include "reference/session/event.hpp"

namespace naild::session {

enum class state : std::uint8_t {
  header,      // collecting chunks up to `C`
  waiting,     // asked for admission (runs_max)
  running,     // the nail works
  cancelling,  // its token has fired; it may still write
  exiting,     // it has ended; output and `X` are on their way
  lingering,   // `X` is out; input is discarded until the peer closes
  closed,      // nothing more is owed
};

const char* name_of(state which) noexcept;

/// What the client asked for; complete from `C` on. Bytes are passed through unchanged.
struct request {
  base::bytes command;
  std::vector<base::bytes> arguments;
  std::vector<base::bytes> environment;  // KEY=VALUE, duplicate keys already resolved: last wins, first position
  base::bytes working_dir;
};

/// Bounds of the header and codes of naild's dialect. 0 = unlimited nowhere: every limit is finite.
struct limits {
  std::size_t header_bytes_max = 8u << 20;
  std::size_t args_max = 65'536;
  std::size_t env_max = 8'192;
};

enum class stdin_grant : std::uint8_t { each, once };  // `S` again after each consumed Stdin chunk, or only once

/// Own strand only. Deterministic: equal event sequences give equal action sequences.
class machine {
 public:
  explicit machine(limits bounds = {}, stdin_grant grant = stdin_grant::each) noexcept;

  /// The actions stay valid until the next call. Every event is legal in every state (the table is total).
  std::span<const action> on_event(event what);

  state now() const noexcept;
  const request& asked() const noexcept;

  /// Was the run's token fired, or would it have been (cancelled before start)? Recorded for status and history.
  bool was_cancelled() const noexcept;

 private:
  // Defined by the implementation; see machine.cpp.
};

}  // namespace naild::session
