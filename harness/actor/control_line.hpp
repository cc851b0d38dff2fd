#pragma once

// The control protocol's lines (puppet.md): JSON objects, one a line. Pure text; knows no connection and no run.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nailbiter::actor {

enum class report_kind : std::uint8_t { hello, at, barrier, blocked, cancelled, exit };

/// What a puppet says of itself.
struct report {
  report_kind kind{};
  std::string run{};        // the tag of its run; may be empty after the hello
  std::string text{};       // token or barrier
  std::int64_t number = 0;  // pid or exit code

  friend bool operator==(const report&, const report&) = default;
};

/// A longer line ends its connection.
constexpr std::size_t control_line_bytes_max = 64 * 1024;

/// nullopt for anything that is no report.
std::optional<report> parse_report(std::string_view line);

/// Orders, each with its newline.
std::string go_line(std::string_view token);
std::string op_line(std::string_view script_op);
std::string exit_line(std::int32_t code);

}  // namespace nailbiter::actor
