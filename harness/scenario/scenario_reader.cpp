#include "harness/scenario/scenario_reader.hpp"

#include <algorithm>
#include <array>

#include "harness/scenario/dialect_reader.hpp"
#include "harness/scenario/requirements.hpp"
#include "harness/scenario/table_reader.hpp"

namespace nailbiter::scenario {
namespace {

using words = std::string_view;

constexpr std::array<words, 15> scenario_keys{"id",           "title",  "requires", "upstream", "level",
                                              "capabilities", "worlds", "daemon",   "smoke",    "axes",
                                              "deadline_ms",  "client", "check",    "dialect",  "mode"};
constexpr std::array<words, 18> client_keys{"name",         "count",        "script",
                                            "command",      "env",          "cwd",
                                            "header",       "stdin",        "stdin_chunk_bytes",
                                            "pace",         "heartbeat_ms", "read_bytes_per_step",
                                            "starts_after", "ops",          "expect",
                                            "as_program",   "blocking",     "starts_at_turn"};
constexpr std::array<words, 8> expect_keys{"ends",          "exit",          "stdout",   "stderr", "stderr_contains",
                                           "stdout_prefix", "stderr_prefix", "within_ms"};
constexpr std::array<words, 2> check_keys{"also", "memory_growth_kib_max"};
constexpr std::array<words, 1> stdin_keys{"bytes"};
constexpr std::array<words, 3> level_words{"MUST", "SHOULD", "MAY"};
constexpr std::array<words, 2> world_words{"sim", "live"};
constexpr std::array<words, 2> mode_words{"race", "settle"};

void refuse_unknown(const std::vector<std::string>& found, std::span<const words> known, words what, std::uint32_t line,
                    fault_list& faults) {
  for (const std::string& word : found) {
    if (std::ranges::find(known, word) == known.end()) faults.add(line, unknown_word(what, word, known));
  }
}

std::optional<std::string> axis_text(const node& from) {
  if (const auto* text = std::get_if<std::string>(&from.value)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&from.value)) return std::to_string(*whole);
  return std::nullopt;
}

std::vector<std::string> axis_texts(const node& from, fault_list& faults) {
  if (const auto* items = std::get_if<list>(&from.value)) {
    std::vector<std::string> texts;
    for (const node& item : *items) {
      if (auto text = axis_text(item))
        texts.push_back(std::move(*text));
      else
        faults.add(item.line, "the value of an axis is a string, a whole number or a list of them");
    }
    return texts;
  }
  auto text = axis_text(from);
  if (!text) faults.add(from.line, "the value of an axis is a string, a whole number or a list of them");
  return {text.value_or("")};
}

axis read_axis(const std::string& name, const node& from, fault_list& faults) {
  axis result{.name = name};
  if (const auto* named = std::get_if<table>(&from.value)) {
    for (const auto& [value_name, texts] : *named)
      result.values.push_back({.name = value_name, .texts = axis_texts(texts, faults)});
  } else if (const auto* plain = std::get_if<list>(&from.value)) {
    for (const node& item : *plain) {
      auto texts = axis_texts(item, faults);
      if (texts.size() == 1) result.values.push_back({.name = texts.front(), .texts = texts});
    }
  }
  if (result.values.empty()) faults.add(from.line, "axis '" + name + "' has no values");
  for (const axis_value& value : result.values) {
    if (value.name.empty() || value.name.find_first_of("[],= ") != std::string::npos) {
      faults.add(from.line, "the name of a value of axis '" + name + "' must not be empty nor hold any of '[],= '");
    }
  }
  return result;
}

expect_template read_expect(const table& from, fault_list& faults) {
  const table_reader in(from, expect_keys, faults);
  expect_template to;
  to.ends = in.text("ends").value_or(to.ends);
  to.exit = in.word("exit");
  to.stdout_text = in.text("stdout");
  to.stderr_text = in.text("stderr");
  to.stderr_contains = in.text("stderr_contains");
  to.stdout_prefix = in.truth("stdout_prefix");
  to.stderr_prefix = in.truth("stderr_prefix");
  to.within_ms = in.word("within_ms").value_or(to.within_ms);
  return to;
}

void read_stdin(const table_reader& in, client_template& to, fault_list& faults) {
  const node* from = in.find("stdin");
  if (from == nullptr) return;
  if (!std::holds_alternative<table>(from->value)) {
    to.stdin_from = in.text("stdin").value_or(to.stdin_from);
    return;
  }
  const table_reader sizes(std::get<table>(from->value), stdin_keys, faults);
  to.stdin_bytes = sizes.word("bytes");
  if (!to.stdin_bytes) faults.add(from->line, "stdin = { bytes = N } needs its number");
}

client_template read_client(const table& from, std::uint32_t line, fault_list& faults) {
  const table_reader in(from, client_keys, faults);
  client_template to{.line = line, .name = in.required_text("name", line)};
  to.count = in.word("count");
  to.script = in.texts("script");
  to.blocking = in.truth("blocking").value_or(to.blocking);
  to.as_program = in.truth("as_program").value_or(to.as_program);
  to.command = in.texts("command");
  to.env = in.texts("env");
  to.cwd = in.text("cwd").value_or(to.cwd);
  to.header = in.truth("header").value_or(to.header);
  read_stdin(in, to, faults);
  to.stdin_chunk_bytes = in.word("stdin_chunk_bytes").value_or(to.stdin_chunk_bytes);
  to.pace = in.text("pace").value_or(to.pace);
  to.heartbeat_ms = in.word("heartbeat_ms").value_or(to.heartbeat_ms);
  to.read_bytes_per_step = in.word("read_bytes_per_step").value_or(to.read_bytes_per_step);
  to.starts_after = in.text("starts_after").value_or(to.starts_after);
  to.starts_at_turn = in.word("starts_at_turn").value_or(to.starts_at_turn);
  to.ops = in.texts("ops");
  if (const table* expect = in.sub_table("expect")) to.expect = read_expect(*expect, faults);
  const bool has_work = !to.script.empty() || !to.command.empty();
  if (!to.script.empty() && !to.command.empty())
    faults.add(line, "client '" + to.name + "' has a script and a command");
  if (to.header && !has_work)
    faults.add(line, "client '" + to.name + "' needs a script or a command, or header = false");
  return to;
}

void read_clients(const table_reader& in, scenario& to, fault_list& faults) {
  const node* from = in.find("client");
  const list* items = from == nullptr ? nullptr : std::get_if<list>(&from->value);
  if (items == nullptr || items->empty()) {
    faults.add(0, "a scenario needs at least one [[client]]");
    return;
  }
  for (const node& item : *items) {
    if (const auto* fields = std::get_if<table>(&item.value))
      to.clients.push_back(read_client(*fields, item.line, faults));
  }
}

void read_check(const table_reader& in, scenario& to) {
  to.also = in.texts("also");
  to.memory_growth_kib_max = static_cast<std::uint64_t>(std::max<std::int64_t>(0, in.whole("memory_growth_kib_max").value_or(0)));
}

void read_axes(const table_reader& in, scenario& to, fault_list& faults) {
  const table* from = in.sub_table("axes");
  if (from == nullptr) return;
  for (const auto& [name, values] : *from) to.axes.push_back(read_axis(name, values, faults));
  std::ranges::sort(to.axes, {}, &axis::name);
}

scenario read_fields(const document& from, fault_list& faults) {
  const table_reader in(from.root, scenario_keys, faults);
  scenario to{.file = from.file, .id = in.required_text("id", 1), .title = in.required_text("title", 1)};
  to.level = in.text("level").value_or(to.level);
  to.smoke = in.truth("smoke").value_or(to.smoke);
  to.requires_ids = in.texts("requires");
  to.upstream = in.texts("upstream");
  to.capabilities = in.texts("capabilities");
  if (in.find("worlds") != nullptr) to.worlds = in.texts("worlds");
  to.mode = in.text("mode").value_or(to.mode);
  to.daemon = in.texts("daemon");
  to.deadline_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(1, in.whole("deadline_ms").value_or(10'000)));
  read_axes(in, to, faults);
  read_clients(in, to, faults);
  if (const table* axes = in.sub_table("dialect")) read_dialect(*axes, to.needs_dialect, faults);
  if (const table* check = in.sub_table("check")) read_check(table_reader(*check, check_keys, faults), to);

  if (!to.id.empty() && std::ranges::count(to.id, '/') != 1)
    faults.add(in.line("id"), "an id is 'family/name', not '" + to.id + "'");
  refuse_unknown({to.level}, level_words, "level", in.line("level"), faults);
  refuse_unknown(to.worlds, world_words, "world", in.line("worlds"), faults);
  refuse_unknown({to.mode}, mode_words, "mode", in.line("mode"), faults);
  if (to.requires_ids.empty()) faults.add(in.line("requires"), "a scenario names at least one requirement");
  for (const std::string& id : to.requires_ids) {
    if (find_requirement(id) == nullptr)
      faults.add(in.line("requires"), unknown_word("requirement", id, requirement_ids()));
  }
  for (const std::string& id : to.upstream) {
    if (!is_upstream_id(id))
      faults.add(in.line("upstream"), "unknown upstream id '" + id + "'; U1-U15, K1-K16 or #NUMBER");
  }
  return to;
}

}  // namespace

bool scenario::runs_in(std::string_view world) const { return std::ranges::find(worlds, world) != worlds.end(); }

tl::expected<scenario, std::vector<load_error>> parse_scenario(std::string_view text, const std::string& file) {
  const auto parsed = parse_document(text, file);
  if (!parsed) return tl::unexpected(std::vector{parsed.error()});
  fault_list faults(file);
  scenario result = read_fields(*parsed, faults);
  if (!faults.empty()) return tl::unexpected(faults.take());
  return result;
}

tl::expected<scenario, std::vector<load_error>> read_scenario(const std::string& file) {
  const auto parsed = read_document(file);
  if (!parsed) return tl::unexpected(std::vector{parsed.error()});
  fault_list faults(file);
  scenario result = read_fields(*parsed, faults);
  if (!faults.empty()) return tl::unexpected(faults.take());
  return result;
}

}  // namespace nailbiter::scenario
