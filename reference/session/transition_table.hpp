#pragma once

// The transitions of a session, all of them, as one table: input x state -> what to do, and the state after it.
// Total: every input has a cell in every state. The machine classifies an event into an input, then follows its cell.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "reference/session/event.hpp"
#include "reference/session/state.hpp"

namespace naild::session {

/// An event_kind by its number, or one of the two finer cases behind them.
enum class input : std::uint8_t {
  violation = static_cast<std::uint8_t>(event_kind::cancel_asked) + 1,  // a chunk that is in its place but breaks a rule
  nail_exited_unheard,                                                  // nail_exited, and the client is gone
};
inline constexpr std::size_t input_count = static_cast<std::size_t>(input::nail_exited_unheard) + 1;

constexpr input input_of(event_kind kind) noexcept { return static_cast<input>(kind); }

enum class reaction : std::uint8_t {
  ignore,
  keep,          // into the request
  ask,           // keep the command and ask for admission
  reject,        // reason on `2`, `X` 1
  refuse,        // reason on `2`, `X` 75
  give_up,       // cancelled before start: reason on `2`, `X` -1
  abandon,       // cancelled before start and nobody listens: close
  start,         // the nail
  feed,          // its stdin
  end_feed,      // EOF of its stdin
  grant,         // `S`, the first time
  grant_again,   // `S`, after a chunk was consumed
  stop_grants,   // the nail reads no more
  cancel,        // fire the token, end stdin
  cancel_aloud,  // the same, reason on `2` first
  fail,          // reason on `2`, fire the token unless it has fired; `X` will be 1
  lose,          // the client is gone: fire the token unless it has fired
  finish,        // `X`, and read no more
  close,
};

struct cell {
  reaction what = reaction::ignore;
  state next{};
};

const cell& transition(input what, state from) noexcept;

const char* name_of(input what) noexcept;
const char* name_of(reaction what) noexcept;

/// The table as text, one line an input: for people, and for the golden test.
std::string table_text();

}  // namespace naild::session
