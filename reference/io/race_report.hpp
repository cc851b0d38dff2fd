#pragma once

// Whose work a race was found in. Only the tsan build does anything.

namespace naild::io {

/// Once, in main(): from then on each report of ThreadSanitizer is followed on stderr by "naild: this is in session N",
/// where the thread that made the second access was running a session's strand.
void tell_sessions_of_races() noexcept;

}  // namespace naild::io
