#include "harness/scenario/client_builder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "harness/plan/c_escape.hpp"
#include "harness/plan/op_text.hpp"
#include "harness/plan/self_identifying.hpp"

namespace nailbiter::scenario {
namespace {

constexpr std::uint64_t clients_max = 4096;

// Builds one copy; every member function reports its own faults and gives a harmless value in their place.
class builder {
 public:
  builder(const client_template& from, bindings names, fault_list& faults)
      : from_(from), names_(std::move(names)), faults_(faults) {}

  plan::client build() {
    plan::client to{.name = text(names_.at("name").front())};
    to.script = texts(from_.script);
    to.blocking = from_.blocking;
    to.as_program = from_.as_program;
    to.command = bytes(texts(from_.command));
    to.environment = bytes(texts(from_.env));
    to.working_dir = bytes(text(from_.cwd));
    to.header = from_.header;
    set_stdin(to);
    to.stdin_chunk_bytes = number<std::uint64_t>("stdin_chunk_bytes", from_.stdin_chunk_bytes);
    to.pace = pace();
    to.heartbeat_ms = number<std::uint64_t>("heartbeat_ms", from_.heartbeat_ms);
    to.read_bytes_per_step = number<std::uint64_t>("read_bytes_per_step", from_.read_bytes_per_step);
    to.starts_after = text(from_.starts_after);
    to.starts_at_turn = number<std::uint64_t>("starts_at_turn", from_.starts_at_turn);
    if (to.starts_at_turn != 0 && !to.starts_after.empty()) fault("starts_at_turn and starts_after exclude each other");
    to.ops = ops();
    to.expect = expectation();
    if (to.stdin_chunk_bytes == 0) fault("stdin_chunk_bytes must not be 0");
    return to;
  }

  std::string text(std::string_view from) {
    auto filled = substituted(from, names_);
    if (filled) return std::move(*filled);
    fault(filled.error());
    return {};
  }

  template <class Number>
  Number number(std::string_view key, std::string_view from) {
    const std::string digits = text(from);
    Number value{};
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || ec != std::errc{} || end != digits.data() + digits.size()) {
      fault("'" + std::string(key) + "' must be a number, not '" + digits + "'");
    }
    return value;
  }

 private:
  void fault(std::string why) { faults_.add(from_.line, std::move(why)); }

  std::vector<std::string> texts(const std::vector<std::string>& from) {
    auto filled = substituted(from, names_);
    if (filled) return std::move(*filled);
    fault(filled.error());
    return {};
  }

  std::string bytes(const std::string& from) {
    auto plain = plan::unescaped(from);
    if (plain) return std::move(*plain);
    fault("bad C escape in '" + from + "'");
    return {};
  }

  std::vector<std::string> bytes(std::vector<std::string> from) {
    for (std::string& entry : from) entry = bytes(entry);
    return from;
  }

  std::optional<std::string> bytes(const std::optional<std::string>& from) {
    if (!from) return std::nullopt;
    return bytes(text(*from));
  }

  void set_stdin(plan::client& to) {
    if (from_.stdin_bytes) {
      to.stdin_from = plan::stdin_source::text;
      to.stdin_text = plan::stream_bytes({.run = to.name, .fd = 0}, number<std::uint64_t>("bytes", *from_.stdin_bytes));
      return;
    }
    static constexpr std::array<std::string_view, 4> known{"none", "empty", "flood", "text:"};
    const std::string source = text(from_.stdin_from);
    if (source == "none") {
      to.stdin_from = plan::stdin_source::none;
    } else if (source == "empty") {
      to.stdin_from = plan::stdin_source::empty;
    } else if (source == "flood") {
      to.stdin_from = plan::stdin_source::flood;
    } else if (source.starts_with("text:")) {
      to.stdin_from = plan::stdin_source::text;
      to.stdin_text = bytes(source.substr(5));
    } else {
      fault(unknown_word("stdin", source, known));
    }
  }

  plan::stdin_pace pace() {
    static constexpr std::array<std::string_view, 2> known{"per-grant", "streaming"};
    const std::string word = text(from_.pace);
    if (word == "streaming") return plan::stdin_pace::streaming;
    if (word != "per-grant") fault(unknown_word("pace", word, known));
    return plan::stdin_pace::per_grant;
  }

  std::vector<plan::op> ops() {
    std::vector<plan::op> result;
    for (const std::string& line : texts(from_.ops)) {
      auto parsed = plan::parse_op(line);
      if (parsed)
        result.push_back(std::move(*parsed));
      else
        fault(parsed.error());
    }
    return result;
  }

  plan::ending ends(const std::string& word) {
    static constexpr std::array<std::string_view, 6> known{"exits", "cancelled", "refused", "no-answer", "served-or-refused", "turned-away"};
    if (word == "cancelled") return plan::ending::cancelled;
    if (word == "refused") return plan::ending::refused;
    if (word == "no-answer") return plan::ending::no_answer;
    if (word == "served-or-refused") return plan::ending::served_or_refused;
    if (word == "turned-away") return plan::ending::turned_away;
    if (word != "exits") fault(unknown_word("ending", word, known));
    return plan::ending::exits;
  }

  plan::expectation expectation() {
    const expect_template& from = from_.expect;
    plan::expectation to{.ends = ends(text(from.ends))};
    if (from.exit) to.exit_code = number<std::int32_t>("exit", *from.exit);
    if (!from.exit && to.ends == plan::ending::refused) to.exit_code = 1;
    if (from.stdout_text != "stream") to.stdout_text = bytes(from.stdout_text);
    if (from.stderr_text != "stream") to.stderr_text = bytes(from.stderr_text);
    to.stderr_contains = bytes(from.stderr_contains);
    const bool may_be_cut = to.ends != plan::ending::exits;
    to.stdout_is_prefix = from.stdout_prefix.value_or(may_be_cut);
    to.stderr_is_prefix = from.stderr_prefix.value_or(may_be_cut);
    to.within_ms = number<std::uint64_t>("within_ms", from.within_ms);
    return to;
  }

  const client_template& from_;
  const bindings names_;
  fault_list& faults_;
};

std::string name_of_copy(const client_template& from, std::uint64_t n) {
  const bool says_where = from.name.find("{n}") != std::string::npos;
  return from.count && !says_where ? from.name + std::to_string(n) : from.name;
}

}  // namespace

std::vector<plan::client> build_clients(const client_template& from, const bindings& axes, fault_list& faults) {
  std::uint64_t count = 1;
  bindings names = axes;
  names["name"] = {from.name};
  if (from.count) count = builder(from, names, faults).number<std::uint64_t>("count", *from.count);
  if (count > clients_max)
    faults.add(from.line, "more than " + std::to_string(clients_max) + " copies of client '" + from.name + "'");

  std::vector<plan::client> copies;
  for (std::uint64_t n = 0; n < std::min(count, clients_max); ++n) {
    names["n"] = {std::to_string(n)};
    names["name"] = {name_of_copy(from, n)};
    names["previous"] = {copies.empty() ? std::string() : copies.back().name};
    copies.push_back(builder(from, names, faults).build());
  }
  return copies;
}

}  // namespace nailbiter::scenario
