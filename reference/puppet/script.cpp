#include "reference/puppet/script.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "reference/puppet/escape.hpp"

namespace naild::puppet {
namespace {

enum class operands : std::uint8_t { none, text, word, count, output_and_count, descriptor, code, name_and_value, rest };

struct row {
  base::byte_view word;
  op_kind kind;
  operands takes;
  base::byte_view usage;
};

constexpr std::array<row, 20> table{{
    {"out", op_kind::out, operands::text, "out TEXT"},
    {"err", op_kind::err, operands::text, "err TEXT"},
    {"stream", op_kind::stream, operands::output_and_count, "stream 1|2 BYTES"},
    {"flood", op_kind::flood, operands::none, "flood"},
    {"cat", op_kind::cat, operands::none, "cat"},
    {"read", op_kind::read, operands::count, "read BYTES"},
    {"close", op_kind::close, operands::descriptor, "close 0|1|2"},
    {"env", op_kind::env, operands::word, "env NAME"},
    {"envall", op_kind::envall, operands::none, "envall"},
    {"args", op_kind::args, operands::none, "args"},
    {"cwd", op_kind::cwd, operands::none, "cwd"},
    {"setenv", op_kind::set_env, operands::name_and_value, "setenv NAME VALUE"},
    {"chdir", op_kind::chdir, operands::word, "chdir PATH"},
    {"umask", op_kind::ignored, operands::rest, "umask MODE"},
    {"loglevel", op_kind::ignored, operands::rest, "loglevel LEVEL"},
    {"locale", op_kind::ignored, operands::rest, "locale NAME"},
    {"wait", op_kind::wait, operands::word, "wait TOKEN"},
    {"barrier", op_kind::barrier, operands::word, "barrier NAME"},
    {"hang", op_kind::hang, operands::none, "hang"},
    {"exit", op_kind::exit, operands::code, "exit CODE"},
}};

std::pair<base::byte_view, base::byte_view> split_word(base::byte_view text) noexcept {
  const std::size_t space = text.find(' ');
  if (space == base::byte_view::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

template <class Number>
bool read_number(base::byte_view text, Number& value) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

bool read_text(base::byte_view text, op& into) {
  auto raw = unescaped(text);
  if (!raw) return false;
  into.text = std::move(*raw);
  return true;
}

bool read_operands(operands takes, base::byte_view text, op& into) {
  const auto [first, second] = split_word(text);
  switch (takes) {
    case operands::none: return text.empty();
    case operands::rest: return true;
    case operands::text: return read_text(text, into);
    case operands::word: into.text = text; return !text.empty();
    case operands::count: return read_number(text, into.count);
    case operands::code: return read_number(text, into.number);
    case operands::descriptor: return read_number(text, into.number) && into.number >= 0 && into.number <= 2;
    case operands::output_and_count:
      return read_number(first, into.number) && (into.number == 1 || into.number == 2) && read_number(second, into.count);
    case operands::name_and_value:
      into.text = first;
      into.value = second;
      return !first.empty() && first.find('=') == base::byte_view::npos;
  }
  return false;
}

}  // namespace

tl::expected<op, std::string> parse_op(base::byte_view text) {
  const auto [word, rest] = split_word(text);
  for (const row& each : table) {
    if (each.word != word) continue;
    op parsed{.kind = each.kind};
    if (read_operands(each.takes, rest, parsed)) return parsed;
    return tl::unexpected(fmt::format("bad op '{}': use '{}'", escaped(text), each.usage));
  }
  return tl::unexpected(fmt::format("unknown op '{}'", escaped(word)));
}

tl::expected<std::vector<op>, std::string> parse_script(std::span<const base::bytes> arguments) {
  std::vector<op> script;
  script.reserve(arguments.size());
  for (const base::bytes& each : arguments) {
    auto parsed = parse_op(each);
    if (!parsed) return tl::unexpected(std::move(parsed.error()));
    script.push_back(std::move(*parsed));
  }
  return script;
}

}  // namespace naild::puppet
