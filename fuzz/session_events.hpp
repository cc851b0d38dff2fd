#pragma once

// Bytes as a sequence of a session's events: three bytes are one event, its kind, its number and its payload's choice, so
// every string of bytes is a valid sequence, and an edit of one event leaves the others what they were. Knows no machine.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "fuzz/fuzz_input.hpp"
#include "reference/session/event.hpp"
#include "reference/session/machine.hpp"

namespace fuzz {

inline constexpr std::size_t event_bytes = 3;
inline constexpr std::size_t event_kinds = static_cast<std::size_t>(naild::session::event_kind::cancel_asked) + 1;

/// What the next three bytes say; a kind behind the last one says that another session begins.
struct step {
  std::optional<naild::session::event> what;  // empty: another session
  naild::session::limits bounds{};            // of that session: small, so that they are reached
  naild::session::stdin_grant grant{};
};

/// Missing bytes read as 0.
step next_step(fuzz_input& input);

/// The first session of every input.
step first_session();

/// Edits whole events: some are put in, taken out, repeated, exchanged or changed, or a usual session's beginning is put
/// in. At most `bytes_max` long, and 128 events; at least one when there is room.
std::string mutated(std::string events, std::size_t bytes_max, std::minstd_rand& random);

/// A beginning of `left` and an end of `right`, both of whole events, within the same bounds.
std::string crossed(naild::base::byte_view left, naild::base::byte_view right, std::size_t bytes_max, std::minstd_rand& random);

}  // namespace fuzz
