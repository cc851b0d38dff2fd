#include "harness/actor/command_line.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "harness/wire/raw_encoder.hpp"

namespace nailbiter::actor {
namespace {

using plan::op_kind;

// A command that begins with it means the target's own way to run a program.
constexpr std::string_view program_word = "{program}";

bool waits_for_harness(std::string_view script_op) {
  const auto word = script_op.substr(0, script_op.find(' '));
  if (word == "wait" || word == "barrier" || word == "hang" || word == "flood" || word == "late" || word == "deaf") return true;
  constexpr std::array<std::string_view, 4> nesting{"spawn", "trap", "orphan", "thread"};
  if (std::ranges::find(nesting, word) == nesting.end()) return false;
  const auto has = [&](std::string_view inner) { return script_op.find(inner) != script_op.npos; };
  return has("wait ") || has("barrier ") || has("hang") || has("deaf ");
}

bool reads_reports(const plan::op& step) noexcept {
  switch (step.kind) {
    case op_kind::until_started:
    case op_kind::until_at:
    case op_kind::go:
    case op_kind::order:
    case op_kind::until_blocked: return true;
    default: return false;
  }
}

constexpr std::size_t header_bytes_expected = 512;

/// Borrows from both.
std::vector<std::string_view> words_of(const plan::client& who, const setting& where) {
  std::vector<std::string_view> words;
  words.reserve(16);
  const auto add = [&](std::span<const std::string> more) { words.insert(words.end(), more.begin(), more.end()); };
  if (!who.script.empty()) {
    add(who.as_program ? where.program_argv : who.blocking ? where.blocking_argv : where.puppet_argv);
    if (who.as_program) words.push_back(where.puppet_program);
    add(who.script);
  } else if (!who.command.empty() && who.command.front() == program_word) {
    add(where.program_argv);
    add(std::span(who.command).subspan(1));
  } else {
    add(who.command);
  }
  return words;
}

void append_variable(std::string& out, std::string_view name, std::string_view value) {
  wire::append_chunk_header(out, 'E', static_cast<std::uint32_t>(name.size() + 1 + value.size()));
  out.append(name).append("=").append(value);
}

}  // namespace

bool needs_control(const plan::client& who) {
  if (who.script.empty()) return false;
  return who.expect.ends == plan::ending::cancelled || std::ranges::any_of(who.script, waits_for_harness) ||
         std::ranges::any_of(who.ops, reads_reports);
}

bool needs_control(const plan::plan& what) {
  return std::ranges::any_of(what.clients, [](const plan::client& who) { return needs_control(who); });
}

bool needs_process(const plan::client& who) noexcept {
  return std::ranges::any_of(who.ops, [](const plan::op& step) {
    return step.kind == op_kind::kill || step.kind == op_kind::stop || step.kind == op_kind::resume;
  });
}

bool needs_process(const plan::plan& what) noexcept {
  return std::ranges::any_of(what.clients, [](const plan::client& who) { return needs_process(who); });
}

std::string header_bytes(const plan::client& who, const setting& where) {
  const std::vector<std::string_view> words = words_of(who, where);
  std::string out;
  out.reserve(header_bytes_expected);
  for (std::size_t i = 1; i < words.size(); ++i) wire::append_chunk(out, 'A', words[i]);
  for (const std::string& pair : who.environment) wire::append_chunk(out, 'E', pair);
  if (!where.control_address.empty() && needs_control(who)) {
    append_variable(out, "NAILBITER_CONTROL", where.control_address);
  }
  // Without control too: a run's self-identifying output names it.
  if (!who.script.empty()) append_variable(out, "NAILBITER_RUN", who.name);
  if (!who.working_dir.empty()) wire::append_chunk(out, 'D', who.working_dir);
  wire::append_chunk(out, 'C', words.empty() ? std::string_view() : words.front());
  return out;
}

}  // namespace nailbiter::actor
