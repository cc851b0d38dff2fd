#pragma once

// Where the daemon's own words go. A sink never blocks a strand for long and never fails visibly.

#include <cstdint>
#include <string_view>

namespace naild::port {

enum class severity : std::uint8_t { debug, info, warning, error };

constexpr std::string_view name_of(severity level) noexcept {
  switch (level) {
    case severity::debug: return "debug";
    case severity::info: return "info";
    case severity::warning: return "warning";
    case severity::error: return "error";
  }
  return "unknown";
}

/// Any thread.
class log_sink {
 public:
  virtual ~log_sink() = default;
  /// One line without its newline; `session` 0 = the daemon itself. Never contains values of the environment.
  virtual void write(severity level, std::uint32_t session, std::string_view text) noexcept = 0;
};

}  // namespace naild::port
