#include "harness/history/event_line.hpp"

#include <charconv>

#include "harness/history/event_names.hpp"
#include "harness/plan/c_escape.hpp"

namespace nailbiter::history {
namespace {

tl::unexpected<text_failure> failure(text_error error, std::string detail = {}) {
  return tl::unexpected(text_failure{error, 0, std::move(detail)});
}

/// The next word; empty when there is none. Words are separated by exactly one space.
std::string_view take_word(std::string_view& rest) noexcept {
  const auto space = rest.find(' ');
  const auto word = rest.substr(0, space);
  rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
  return word;
}

template <class T>
bool to_number(std::string_view word, T& value) noexcept {
  const auto [end, ec] = std::from_chars(word.data(), word.data() + word.size(), value);
  return !word.empty() && ec == std::errc{} && end == word.data() + word.size();
}

bool is_plain_type(char type) noexcept { return type > ' ' && type < '\x7f' && type != '-'; }

void append_type(std::string& out, char type) {
  if (type == 0) {
    out += '-';
  } else if (is_plain_type(type)) {
    out += type;
  } else {
    constexpr char digits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(type);
    out += 'x';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
}

bool to_type(std::string_view word, char& type) noexcept {
  if (word.size() == 1) {
    type = word == "-" ? '\0' : word.front();
    return true;
  }
  unsigned value = 0;
  if (word.size() != 3 || word.front() != 'x') return false;
  const auto [end, ec] = std::from_chars(word.data() + 1, word.data() + 3, value, 16);
  type = static_cast<char>(value);
  return ec == std::errc{} && end == word.data() + 3;
}

}  // namespace

void append_line(std::string& out, const event& what) {
  out += std::to_string(what.time_ns);
  out += ' ';
  out += what.actor == no_actor ? "-" : std::to_string(what.actor);
  out += ' ';
  out += name_of(what.kind);
  out += ' ';
  append_type(out, what.type);
  out += ' ';
  out += std::to_string(what.number);
  out += " \"";
  out += plan::escaped(what.text);
  out += '"';
}

std::string to_text(const event& what) {
  std::string line;
  append_line(line, what);
  return line;
}

tl::expected<event, text_failure> parse_line(std::string_view line) {
  event what;
  if (!to_number(take_word(line), what.time_ns)) return failure(text_error::bad_event, "time");
  const auto actor = take_word(line);
  if (actor == "-") {
    what.actor = no_actor;
  } else if (!to_number(actor, what.actor) || what.actor == no_actor) {
    return failure(text_error::bad_event, "actor");
  }
  const auto name = take_word(line);
  const auto kind = kind_named(name);
  if (!kind) return failure(text_error::unknown_kind, std::string(name.substr(0, 40)));
  what.kind = *kind;
  if (!to_type(take_word(line), what.type)) return failure(text_error::bad_event, "chunk type");
  if (!to_number(take_word(line), what.number)) return failure(text_error::bad_event, "number");
  if (line.size() < 2 || line.front() != '"' || line.back() != '"') return failure(text_error::bad_text);
  auto text = plan::unescaped(line.substr(1, line.size() - 2));
  if (!text) return failure(text_error::bad_text);
  what.text = std::move(*text);
  return what;
}

const char* describe(text_error error) noexcept {
  switch (error) {
    case text_error::not_a_history:
      return "not a history";
    case text_error::bad_plan:
      return "no plan can be read";
    case text_error::bad_event:
      return "bad field";
    case text_error::unknown_kind:
      return "unknown kind of event";
    case text_error::bad_text:
      return "bad quoted text";
    case text_error::too_long:
      return "over a limit";
    case text_error::cut:
      return "the file was cut";
  }
  return "unknown error";
}

std::string to_string(const text_failure& failed) {
  std::string out = "line " + std::to_string(failed.line) + ": " + describe(failed.error);
  if (!failed.detail.empty()) out += ": " + failed.detail;
  return out;
}

}  // namespace nailbiter::history
