#include "harness/probe/lies.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace nailbiter::probe {
namespace {

constexpr const char* impossible_op = "nailbiter-no-such-op";

std::string words_of(const answer& given) {
  if (given.exit_code) return fmt::format("X {}", *given.exit_code);
  if (given.exit_payload) return "X without a number";
  return given.closed_by_daemon ? "closed without X" : "no answer";
}

struct trap {
  const char* asked;
  const char* owed;
  std::vector<std::string> script;  // empty: the command that nobody has
  bool (*is_done)(const answer& given);
};

// A command or an op that does not exist cannot be done, so any success is a lie.
const std::vector<trap>& traps() {
  static const std::vector<trap> all{
      {"a command that does not exist", "not X 0", {}, [](const answer&) { return false; }},
      {"a script with an op that does not exist", "X 64", {impossible_op}, [](const answer&) { return false; }},
      {"a script that exits with 42", "X 42", {"exit 42"}, [](const answer&) { return false; }},
      {"a script that prints x", "x on stdout and X 0", {"out x"}, [](const answer& given) { return given.out == "x"; }},
  };
  return all;
}

plan::plan plan_of_trap(const trap& one, const means& with) {
  if (!one.script.empty()) return plan_of("lie", {scripted(with, one.script)});
  plan::client who;
  who.name = "probe";
  who.command = {std::string(unknown_command)};
  return plan_of("lie", {who});
}

}  // namespace

bool lie_check::is_liar() const noexcept { return std::ranges::any_of(questions, &lie::is_told); }

lie_check check_for_lies(const means& with, const std::string& transport, const play& session) {
  lie_check found;
  for (const trap& one : traps()) {
    if (!one.script.empty() && with.by == vehicle::none) continue;
    plan::plan what = plan_of_trap(one, with);
    what.transport = transport;
    const auto seen = session(what);
    if (!seen) continue;
    const answer given = answer_of(*seen);
    const bool is_told = given.exit_code == 0 && !one.is_done(given);
    found.questions.push_back({.asked = one.asked, .owed = one.owed, .answered = words_of(given), .is_told = is_told});
    if (one.script == std::vector<std::string>{impossible_op}) found.refused_op = words_of(given);
  }
  return found;
}

std::string to_string(const lie& one) { return fmt::format("{}: answered {}, owed {}", one.asked, one.answered, one.owed); }

}  // namespace nailbiter::probe
