#pragma once

// Where one session is between connect and close.

#include <cstddef>
#include <cstdint>

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
inline constexpr std::size_t state_count = static_cast<std::size_t>(state::closed) + 1;

const char* name_of(state which) noexcept;

}  // namespace naild::session
