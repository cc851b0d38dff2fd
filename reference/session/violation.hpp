#pragma once

// What a client did against naild's dialect. Each value is a text the client is told.

#include <cstdint>

namespace naild::session {

enum class violation : std::uint8_t {
  argument_has_nul,
  environment_has_nul,
  environment_without_equals,
  working_dir_has_nul,
  working_dir_missing,
  working_dir_not_absolute,
  command_has_nul,
  too_many_arguments,
  too_many_variables,
  header_too_long,
  header_not_finished,   // half-closed before `C`
  header_too_slow,
  header_silent,         // its heartbeats stopped before `C`
  header_after_command,  // `A`, `E`, `D` or `C` after `C`
  stdin_before_start,
  stdin_after_end,
  unknown_chunk,
  chunk_too_long,
};

/// Without newline; never empty.
const char* describe(violation what) noexcept;

}  // namespace naild::session
