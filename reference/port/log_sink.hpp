#pragma once

// Where the daemon's own words go. A sink never blocks a strand for long and never fails visibly.

#include <cstdint>
#include <optional>
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

constexpr std::optional<severity> severity_named(std::string_view name) noexcept {
  for (const severity level : {severity::debug, severity::info, severity::warning, severity::error}) {
    if (name_of(level) == name) return level;
  }
  return std::nullopt;
}

/// Any thread.
class log_sink {
 public:
  virtual ~log_sink() = default;
  /// One line without its newline; `session` 0 = the daemon itself. Never contains values of the environment.
  virtual void write(severity level, std::uint32_t session, std::string_view text) noexcept = 0;
};

}  // namespace naild::port
