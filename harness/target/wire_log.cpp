#include "harness/target/wire_log.hpp"

#include <iterator>
#include <string_view>

#include <fmt/core.h>

namespace nailbiter::target {
namespace {

using history::event_kind;

constexpr std::size_t shown_bytes_max = 96;

std::string escaped(std::string_view payload) {
  std::string out;
  for (const char byte : payload.substr(0, shown_bytes_max)) {
    const auto value = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\\' || byte == '"') {
      out += {'\\', byte};
    } else if (value < 0x20 || value >= 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", value);
    } else {
      out += byte;
    }
  }
  if (payload.size() > shown_bytes_max) out += "...";
  return out;
}

const char* direction_of(event_kind kind) {
  switch (kind) {
    case event_kind::connected:
    case event_kind::connect_failed:
    case event_kind::sent_header:
    case event_kind::sent_chunk:
    case event_kind::sent_bytes:
    case event_kind::half_closed:
    case event_kind::closed:
    case event_kind::reset: return "->";
    case event_kind::received_chunk:
    case event_kind::received_bad_bytes:
    case event_kind::received_end:
    case event_kind::received_reset: return "<-";
    default: return nullptr;
  }
}

}  // namespace

std::string wire_log(const history::history& observed, std::size_t bytes_max) {
  std::string out;
  for (const history::event& seen : observed.events) {
    const char* const direction = direction_of(seen.kind);
    if (direction == nullptr || seen.actor >= observed.what.clients.size()) continue;
    if (out.size() > bytes_max) return out + "(cut)\n";
    const bool chunk = seen.kind == event_kind::sent_chunk || seen.kind == event_kind::received_chunk;
    fmt::format_to(std::back_inserter(out), "{:>14.6f} {} {} ", static_cast<double>(seen.time_ns) / 1e9,
                   observed.what.clients[seen.actor].name, direction);
    if (chunk) {
      fmt::format_to(std::back_inserter(out), "{} {} \"{}\"\n", seen.type, seen.number, escaped(seen.text));
    } else {
      fmt::format_to(std::back_inserter(out), "{} {}\n", name_of(seen.kind), escaped(seen.text));
    }
  }
  return out;
}

}  // namespace nailbiter::target
