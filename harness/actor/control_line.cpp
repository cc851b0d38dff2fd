#include "harness/actor/control_line.hpp"

#include <array>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "reference/base/plain_json.hpp"

namespace nailbiter::actor {
namespace {

using json = nlohmann::json;

constexpr std::array<std::pair<std::string_view, report_kind>, 6> report_names{{
    {"hello", report_kind::hello},
    {"at", report_kind::at},
    {"barrier", report_kind::barrier},
    {"blocked", report_kind::blocked},
    {"cancelled", report_kind::cancelled},
    {"exit", report_kind::exit},
}};

std::optional<report_kind> kind_of(std::string_view name) {
  for (const auto& [known, kind] : report_names) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string_view text_of(const naild::base::plain_object& object, const char* key) { return object.text(key).value_or(""); }

std::int64_t number_of(const naild::base::plain_object& object, const char* key) { return object.number(key).value_or(0); }

template <class Object>
std::optional<report> report_of(const Object& object) {
  const auto kind = kind_of(text_of(object, "ev"));
  if (!kind) return std::nullopt;
  report parsed{.kind = *kind, .run = std::string(text_of(object, "run"))};
  switch (*kind) {
    case report_kind::hello: parsed.number = number_of(object, "pid"); break;
    case report_kind::at: parsed.text = text_of(object, "token"); break;
    case report_kind::barrier: parsed.text = text_of(object, "name"); break;
    case report_kind::exit: parsed.number = number_of(object, "code"); break;
    case report_kind::blocked:
    case report_kind::cancelled: break;
  }
  return parsed;
}

// Script bytes that are no UTF-8 are replaced: an order is text.
std::string line_of(const char* key, std::string_view text) {
  if (naild::base::is_plain_text(text)) return fmt::format("{{\"{}\":\"{}\"}}\n", key, text);
  return json({{key, text}}).dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

// The library's way takes a fifth of a simulated execution; so did its way to write the lines below.
std::optional<report> parse_report(std::string_view line) {
  if (const auto plain = naild::base::plain_object::read(line)) return report_of(*plain);
  const json object = json::parse(line, nullptr, false);
  return object.is_object() ? report_of(object) : std::nullopt;
}

std::string go_line(std::string_view token) { return line_of("go", token); }
std::string op_line(std::string_view script_op) { return line_of("op", script_op); }
std::string exit_line(std::int32_t code) { return fmt::format("{{\"exit\":{}}}\n", code); }

}  // namespace nailbiter::actor
