#pragma once

// One observation of the harness. A history is a list of them in the order of observation; in the simulator that order
// is total, live it is the harness's own, and what one client received is ordered only against what reached it.

#include <cstdint>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"

namespace nailbiter::history {

enum class event_kind : std::uint8_t {
  // a client's own acts; they are what it did, not what the daemon saw
  connected,
  connect_failed,     // text = why
  sent_header,        // the header has been written whole
  sent_chunk,         // type, number = payload bytes (stdin: in `text` only up to 64 of them)
  sent_bytes,         // raw bytes, number = how many
  half_closed,
  closed,
  reset,
  op_begun,           // text = the op
  op_done,
  // what reached a client
  received_chunk,     // type, text = payload, whole
  received_bad_bytes, // text = why the codec refused; nothing more is read as chunks
  received_end,       // the daemon closed its side
  received_reset,
  // what a run's puppet reported over control
  run_hello,
  run_at,             // text = token
  run_barrier,        // text = name
  run_blocked,
  run_cancelled,
  run_exit,           // number = code
  run_lost,           // its control connection dropped without an exit
  run_go,             // the harness released text = token or barrier
  // the world
  client_finished,    // the client does nothing more
  daemon_ended,       // the target's process is gone; number = wait status; type = when_exact: at its time, else seen by then
  deadline_passed,    // live: the case's deadline; text = what was still awaited
  quiescent,          // sim: nothing can happen any more, or (number 1) only time goes on; text = what was still awaited
  census,             // text = resource, number = value
  stacks,             // live, before no_progress: text = where each thread of the daemon waits
  sanitizer_watches,  // live: the daemon was built with one; text = which
  sanitizer_report,   // live: type r = a race, m = memory or undefined behaviour; number = session, 0 = not known; text
  log_watched,        // the case asks for a quiet log, and it can be read
  log_line,           // of the daemon's, a warning or worse; text
  no_progress,        // live: nothing has moved for so long that nothing will; text = what was still awaited
};

struct event {
  event_kind kind{};
  std::uint32_t actor = 0;     // index of the client in the plan; no_actor = the world's
  std::uint64_t time_ns = 0;   // since the case began; virtual in the simulator
  char type = 0;               // chunk type
  std::int64_t number = 0;
  std::string text{};

  friend bool operator==(const event&, const event&) = default;
};

/// daemon_ended: only the simulator sees it when it happens.
constexpr char when_exact = 'v';

constexpr std::uint32_t no_actor = 0xffff'ffffu;

/// What happened when `what` ran. Its plan says what was intended; checkers need nothing else.
struct history {
  plan::plan what;
  std::vector<event> events;

  friend bool operator==(const history&, const history&) = default;
};

const char* name_of(event_kind kind) noexcept;

}  // namespace nailbiter::history
