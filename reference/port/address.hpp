#pragma once

// Where a daemon or a control server listens. The text forms are the command line's: unix:PATH, tcp:HOST:PORT, and in
// the simulator sim:NAME.

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace naild::port {

enum class transport : std::uint8_t { unix_socket, tcp, simulated };

struct address {
  transport kind = transport::unix_socket;
  std::string name;         // path, host, or simulated name
  std::uint16_t port = 0;   // tcp only; 0 = any free port (listeners)

  friend bool operator==(const address&, const address&) = default;
};

/// Parses a text form; the error is a text that says what is wrong and what is accepted.
tl::expected<address, std::string> parse_address(std::string_view text);

/// The text form that parse_address() reads back.
std::string to_string(const address& where);

}  // namespace naild::port
