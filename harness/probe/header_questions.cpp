#include "harness/probe/question.hpp"

namespace nailbiter::probe {
namespace {

// A header is waited for so long at least before its peer is called patient for ever.
constexpr std::uint64_t header_patience_ms = 13'000;

std::string code_or_silence(const answer& given) {
  if (given.exit_code) return std::to_string(*given.exit_code);
  return given.stopped ? "no answer" : "closed";
}

/// The run prints x if the fault in its header is borne with.
plan::client printing(const means& with) { return scripted(with, {"out x"}); }

std::string borne_or(const answer& given, const char* borne, const char* refused) {
  if (given.out == "x") return borne;
  if (given.exit_code && given.out.empty()) return refused;
  return given.stopped ? "no answer" : "closed";
}

plan::plan ask_unknown_command(const means&) {
  plan::client who;
  who.name = "probe";
  who.command = {std::string(unknown_command)};
  return plan_of("unknown_command", {who});
}

std::string read_unknown_command_text(const answer& given) {
  if (given.err.empty()) return {};
  return given.err.find(unknown_command) != given.err.npos ? "named" : "any";
}

plan::plan ask_header_error(const means&) { return plan_of("header_error", {unscripted({"send-chunk Z ?", "until closed"})}); }

plan::plan ask_missing_directory(const means& with) {
  plan::client who = printing(with);
  who.working_dir.clear();
  return plan_of("missing_directory", {who});
}

plan::plan ask_stdin_before_command(const means& with) {
  plan::client who = unscripted({"send-chunk 0 early"});
  const auto send = [&who](char type, const std::string& payload) {
    who.ops.push_back({.kind = plan::op_kind::send_chunk, .text = type + payload});
  };
  for (std::size_t i = 1; i < with.argv.size(); ++i) send('A', with.argv[i]);
  send('A', "out x");
  send('D', "/");
  send('C', with.argv.front());
  who.ops.push_back(op_of("until closed"));
  return plan_of("stdin_before_command", {who});
}

plan::plan with_environment(const char* name, const means& with, std::string entry) {
  plan::client who = printing(with);
  who.environment = {std::move(entry)};
  return plan_of(name, {who});
}

plan::plan ask_without_equals(const means& with) { return with_environment("environment_without_equals", with, "BROKEN"); }

plan::plan ask_nul(const means& with) { return with_environment("nul", with, std::string("A=x\0y", 5)); }

plan::plan ask_not_utf8(const means& with) { return plan_of("not_utf8", {scripted(with, {"out \xff"})}); }

std::string read_not_utf8(const answer& given) {
  if (given.out == "\xff") return "kept";
  if (!given.out.empty()) return "replaced";
  return given.exit_code ? "error" : "";
}

plan::plan ask_header_timeout(const means&) {
  plan::client who = unscripted({"send-chunk A one", "until closed"});
  who.expect.within_ms = header_patience_ms;
  plan::plan what = plan_of("header_timeout", {who});
  what.deadline_ms = 2 * header_patience_ms;
  return what;
}

constexpr question questions[] = {
    {.axis = "unknown_command", .needs_run = false, .ask = ask_unknown_command, .read = code_or_silence},
    {.axis = "unknown_command_text", .needs_run = false, .ask = ask_unknown_command, .read = read_unknown_command_text},
    {.axis = "header_error", .needs_run = false, .ask = ask_header_error, .read = code_or_silence},
    {.axis = "missing_directory",
     .ask = ask_missing_directory,
     .read = [](const answer& given) { return borne_or(given, "tolerated", "error"); }},
    {.axis = "stdin_before_command",
     .ask = ask_stdin_before_command,
     .read = [](const answer& given) { return borne_or(given, "dropped", "error"); }},
    {.axis = "environment_without_equals",
     .ask = ask_without_equals,
     .read = [](const answer& given) { return borne_or(given, "ignored", "error"); }},
    {.axis = "nul", .ask = ask_nul, .read = [](const answer& given) { return borne_or(given, "kept", "error"); }},
    {.axis = "not_utf8", .ask = ask_not_utf8, .read = read_not_utf8},
    {.axis = "header_timeout",
     .needs_run = false,
     .costs = price::long_one,
     .ask = ask_header_timeout,
     .read = [](const answer& given) { return std::string(given.stopped ? "no" : "yes"); }},
};

}  // namespace

std::span<const question> header_questions() noexcept { return questions; }

}  // namespace nailbiter::probe
