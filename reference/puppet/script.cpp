#include "reference/puppet/script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "reference/port/log_sink.hpp"
#include "reference/puppet/escape.hpp"

namespace naild::puppet {
namespace {

enum class operands : std::uint8_t {
  none, text, word, count, output_and_count, descriptor, code, name_and_value, own_value, script, signal, signal_and_script, fd_and_text,
  level, level_and_text, word_and_script
};

struct row {
  base::byte_view word;
  op_kind kind;
  operands takes;
  base::byte_view usage;
};

constexpr std::array<row, 44> table{{
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
    {"loglevel", op_kind::log_level, operands::level, "loglevel debug|info|warning|error"},
    {"log", op_kind::log, operands::level_and_text, "log debug|info|warning|error TEXT"},
    {"logfile", op_kind::log_file, operands::none, "logfile"},
    {"logged", op_kind::logged, operands::none, "logged"},
    {"umask", op_kind::run_value, operands::own_value, "umask [MODE]"},
    {"locale", op_kind::run_value, operands::own_value, "locale [NAME]"},
    {"wait", op_kind::wait, operands::word, "wait TOKEN"},
    {"barrier", op_kind::barrier, operands::word, "barrier NAME"},
    {"hang", op_kind::hang, operands::none, "hang"},
    {"deaf", op_kind::deaf, operands::word, "deaf TOKEN"},
    {"thread", op_kind::thread, operands::script, "thread SCRIPT"},
    {"late", op_kind::late, operands::word_and_script, "late TOKEN SCRIPT"},
    {"cout", op_kind::cout, operands::text, "cout TEXT"},
    {"cerr", op_kind::cerr, operands::text, "cerr TEXT"},
    {"cin", op_kind::cin, operands::none, "cin"},
    {"exclusive", op_kind::exclusive, operands::none, "exclusive"},
    {"release", op_kind::release, operands::none, "release"},
    {"throw", op_kind::fault, operands::text, "throw TEXT"},
    {"exit", op_kind::exit, operands::code, "exit CODE"},
    {"counter", op_kind::counter, operands::word, "counter NAME"},
    {"option", op_kind::option, operands::word, "option NAME"},
    {"memo", op_kind::memo, operands::word, "memo KEY"},
    {"spawn", op_kind::spawn, operands::script, "spawn SCRIPT"},
    {"orphan", op_kind::orphan, operands::script, "orphan SCRIPT"},
    {"setsid", op_kind::set_sid, operands::none, "setsid"},
    {"trap", op_kind::trap, operands::signal_and_script, "trap SIGNAL SCRIPT"},
    {"raw", op_kind::raw, operands::fd_and_text, "raw FD TEXT"},
    {"crash", op_kind::crash, operands::signal, "crash SIGNAL"},
    {"fds", op_kind::fds, operands::none, "fds"},
    {"tty", op_kind::tty, operands::none, "tty"},
    {"spin", op_kind::spin, operands::count, "spin MS"},
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

constexpr std::array<std::pair<base::byte_view, std::int32_t>, 10> signal_names{{
    {"HUP", SIGHUP}, {"INT", SIGINT}, {"QUIT", SIGQUIT}, {"ABRT", SIGABRT}, {"KILL", SIGKILL},
    {"SEGV", SIGSEGV}, {"PIPE", SIGPIPE}, {"TERM", SIGTERM}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2},
}};

bool read_signal(base::byte_view text, std::int32_t& number) noexcept {
  if (text.starts_with("SIG")) text.remove_prefix(3);
  for (const auto& [name, value] : signal_names) {
    if (name == text) return number = value, true;
  }
  return read_number(text, number) && number > 0;
}

bool read_level(base::byte_view text, std::int32_t& number) noexcept {
  const auto level = port::severity_named(text);
  if (level) number = static_cast<std::int32_t>(*level);
  return level.has_value();
}

bool read_operands(operands takes, base::byte_view text, op& into) {
  const auto [first, second] = split_word(text);
  switch (takes) {
    case operands::none: return text.empty();
    case operands::text: return read_text(text, into);
    case operands::word:
    case operands::script: into.text = text; return !text.empty();
    case operands::count: return read_number(text, into.count);
    case operands::code: return read_number(text, into.number);
    case operands::descriptor: return read_number(text, into.number) && into.number >= 0 && into.number <= 2;
    case operands::output_and_count:
      return read_number(first, into.number) && (into.number == 1 || into.number == 2) && read_number(second, into.count);
    case operands::name_and_value:
      into.text = first;
      into.value = second;
      return !first.empty() && first.find('=') == base::byte_view::npos;
    case operands::own_value: into.value = text; return true;
    case operands::signal: return read_signal(text, into.number);
    case operands::signal_and_script: into.text = second; return read_signal(first, into.number);
    case operands::level: return read_level(text, into.number);
    case operands::level_and_text: return read_level(first, into.number) && read_text(second, into);
    case operands::word_and_script:
      into.text = first;
      into.value = second;
      return !first.empty() && !second.empty();
    case operands::fd_and_text: return read_number(first, into.number) && into.number >= 0 && read_text(second, into);
  }
  return false;
}

}  // namespace

tl::expected<op, std::string> parse_op(base::byte_view text) {
  const auto [word, rest] = split_word(text);
  for (const row& each : table) {
    if (each.word != word) continue;
    op parsed{.kind = each.kind};
    if (each.takes == operands::own_value) parsed.text = word;
    if (read_operands(each.takes, rest, parsed)) return parsed;
    return tl::unexpected(fmt::format("bad op '{}': use '{}'", escaped(text), each.usage));
  }
  return tl::unexpected(fmt::format("unknown op '{}'", escaped(word)));
}

std::vector<base::bytes> split_script(base::byte_view script) {
  std::vector<base::bytes> ops;
  while (!script.empty()) {
    const std::size_t end = std::min(script.find(';'), script.size());
    base::byte_view each = script.substr(0, end);
    script.remove_prefix(std::min(end + 1, script.size()));
    while (each.starts_with(' ')) each.remove_prefix(1);
    while (each.ends_with(' ')) each.remove_suffix(1);
    if (!each.empty()) ops.emplace_back(each);
  }
  return ops;
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
