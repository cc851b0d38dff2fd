#include "reference/puppet/control_message.hpp"

#include <limits>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "reference/base/plain_json.hpp"

namespace naild::puppet {
namespace {

constexpr std::size_t line_bytes_expected = 96;

// Bytes from 0x80 on go through unchanged.
void append_json_text(base::bytes& out, base::byte_view text) {
  if (base::is_plain_text(text)) {
    out.append(1, '"').append(text).append(1, '"');
    return;
  }
  out += '"';
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') {
      out += {'\\', byte};
    } else if (static_cast<unsigned char>(byte) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
    } else {
      out += byte;
    }
  }
  out += '"';
}

base::bytes begin_line(base::byte_view run, base::byte_view event) {
  base::bytes line;
  line.reserve(line_bytes_expected);
  line += "{\"run\":";
  append_json_text(line, run);
  line.append(",\"ev\":\"").append(event).append("\"");
  return line;
}

base::bytes text_line(base::byte_view run, base::byte_view event, base::byte_view key, base::byte_view text) {
  base::bytes line = begin_line(run, event);
  line.append(",\"").append(key).append("\":");
  append_json_text(line, text);
  return line.append("}\n");
}

base::bytes number_line(base::byte_view run, base::byte_view event, base::byte_view key, std::int64_t number) {
  return begin_line(run, event).append(",\"").append(key).append("\":").append(std::to_string(number)).append("}\n");
}

std::optional<order> leave_with(std::optional<std::int64_t> code) {
  using bounds = std::numeric_limits<std::int32_t>;
  if (!code || *code < bounds::min() || *code > bounds::max()) return std::nullopt;
  return leave{static_cast<std::int32_t>(*code)};
}

}  // namespace

std::optional<order> parse_order(base::byte_view line) {
  if (const auto plain = base::plain_object::read(line)) {
    if (plain->size() != 1) return std::nullopt;
    if (const auto token = plain->text("go")) return go{base::bytes(*token)};
    if (const auto script_op = plain->text("op")) return perform{base::bytes(*script_op)};
    return leave_with(plain->number("exit"));
  }
  const auto object = nlohmann::json::parse(line, nullptr, false);
  if (!object.is_object() || object.size() != 1) return std::nullopt;
  const auto& key = object.begin().key();
  const auto& value = object.begin().value();
  if (key == "go" && value.is_string()) return go{value.get<std::string>()};
  if (key == "op" && value.is_string()) return perform{value.get<std::string>()};
  if (key != "exit" || !value.is_number_integer()) return std::nullopt;
  return leave_with(value.get<std::int64_t>());
}

base::bytes hello_line(base::byte_view run, std::int64_t pid) { return number_line(run, "hello", "pid", pid); }
base::bytes at_line(base::byte_view run, base::byte_view token) { return text_line(run, "at", "token", token); }
base::bytes barrier_line(base::byte_view run, base::byte_view name) { return text_line(run, "barrier", "name", name); }
base::bytes blocked_line(base::byte_view run) { return begin_line(run, "blocked").append("}\n"); }
base::bytes cancelled_line(base::byte_view run) { return begin_line(run, "cancelled").append("}\n"); }
base::bytes exit_line(base::byte_view run, std::int32_t code) { return number_line(run, "exit", "code", code); }

}  // namespace naild::puppet
