#include "reference/port/address.hpp"

#include <charconv>

#include <fmt/core.h>

namespace naild::port {
namespace {

constexpr std::string_view unix_prefix = "unix:";
constexpr std::string_view tcp_prefix = "tcp:";
constexpr std::string_view simulated_prefix = "sim:";

tl::unexpected<std::string> refuse(std::string_view text, std::string_view why) {
  return tl::unexpected(fmt::format("bad address '{}': {}; use unix:PATH or tcp:HOST:PORT", text, why));
}

}  // namespace

tl::expected<address, std::string> parse_address(std::string_view text) {
  if (text.find('\0') != text.npos) return refuse(text.substr(0, text.find('\0')), "it contains a NUL byte");
  if (text.starts_with(unix_prefix)) {
    const auto path = text.substr(unix_prefix.size());
    if (path.empty()) return refuse(text, "the path is empty");
    return address{.kind = transport::unix_socket, .name = std::string(path), .port = 0};
  }
  if (text.starts_with(simulated_prefix)) {
    const auto name = text.substr(simulated_prefix.size());
    if (name.empty()) return refuse(text, "the name is empty");
    return address{.kind = transport::simulated, .name = std::string(name), .port = 0};
  }
  if (!text.starts_with(tcp_prefix)) return refuse(text, "it names no transport");
  const auto rest = text.substr(tcp_prefix.size());
  const auto colon = rest.rfind(':');
  if (colon == rest.npos || colon == 0) return refuse(text, "host or port is missing");
  const auto digits = rest.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return refuse(text, "the port is no number up to 65535");
  return address{.kind = transport::tcp, .name = std::string(rest.substr(0, colon)), .port = port};
}

std::string to_string(const address& where) {
  switch (where.kind) {
    case transport::unix_socket: return fmt::format("{}{}", unix_prefix, where.name);
    case transport::tcp: return fmt::format("{}{}:{}", tcp_prefix, where.name, where.port);
    case transport::simulated: return fmt::format("{}{}", simulated_prefix, where.name);
  }
  return {};
}

}  // namespace naild::port
