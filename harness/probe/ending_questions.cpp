#include "harness/probe/question.hpp"

namespace nailbiter::probe {
namespace {

constexpr std::uint64_t silence_patience_ms = 13'000;
constexpr const char* ahead = "stream 1 245760";  // 240 KiB: more than a unix socket takes by itself

/// A run that lives until it is told or cancelled, and reports which.
plan::client living(const means& with, std::vector<std::string_view> ops) {
  plan::client who = scripted(with, {"out x", "hang"}, std::move(ops));
  who.expect.ends = plan::ending::cancelled;
  return who;
}

/// What became of a run: its puppet was told to stop, it was ended without a word, or neither.
std::string fate_of(const answer& given) {
  if (given.out != "x") return "";
  if (given.run_cancelled) return "cancel";
  return given.run_lost ? "kill" : "runs-on";
}

plan::plan ask_half_close(const means& with) {
  return plan_of("half_close", {scripted(with, {"out x", "cat", "exit 7"}, {"until stdout 1", "half-close", "until closed"})});
}

std::string read_half_close(const answer& given) {
  if (given.out != "x" || given.stopped) return "";
  return given.exit_code == 7 ? "eof" : "cancel";
}

plan::plan ask_peer_gone(const means& with) { return plan_of("peer_gone", {living(with, {"until stdout 1", "close"})}); }

plan::plan ask_protocol_error(const means& with) {
  return plan_of("protocol_error", {living(with, {"until stdout 1", "send-chunk Z ?", "until closed"})});
}

plan::plan ask_silent_client(const means& with) {
  plan::client who = living(with, {"until stdout 1", "heartbeat", "until closed"});
  who.expect.within_ms = silence_patience_ms;
  plan::plan what = plan_of("silent_client", {who});
  what.deadline_ms = 2 * silence_patience_ms;
  return what;
}

std::string read_silent_client(const answer& given) {
  if (given.out != "x") return "";
  return given.stopped ? "runs-on|off" : "cut";
}

// A connection that is closed for reading too refuses what is sent; the third chunk at the latest on TCP.
plan::plan ask_after_exit(const means& with) {
  return plan_of("after_exit", {scripted(with, {"exit 0"}, {"until exit", "until closed", "heartbeat", "heartbeat", "heartbeat"})});
}

std::string read_after_exit(const answer& given) {
  if (!given.exit_payload || given.op_done.size() < 2) return "";
  if (given.stopped) return "open";
  return given.op_done.size() == 5 && given.op_done.back() ? "lingers" : "closed";
}

plan::plan ask_exit_codes(const means& with) { return plan_of("exit_codes", {scripted(with, {"exit 300"})}); }

std::string read_exit_codes(const answer& given) {
  if (given.exit_code == 300) return "int32";
  return given.exit_code == (300 & 0xff) ? "byte" : "";
}

plan::plan ask_exit_newline(const means& with) { return plan_of("exit_newline", {scripted(with, {"exit 3"})}); }

std::string read_exit_newline(const answer& given) {
  if (!given.exit_code) return "";
  return given.exit_payload->ends_with('\n') ? "yes" : "no";
}

plan::plan ask_output_ahead(const means& with) {
  return plan_of("output_ahead", {scripted(with, {ahead, "wait t"}, {"pause-reading", "until at t", "resume-reading", "go t"})});
}

std::string read_output_ahead(const answer& given) {
  if (given.op_done.size() < 2) return "";
  return given.op_done[1] ? "queue" : "socket";
}

/// Two runs that each wait for the other.
plan::plan ask_runs(const means& with) {
  std::vector<plan::client> both;
  for (const char* name : {"one", "other"}) {
    both.push_back(scripted(with, {"barrier all", "out x"}));
    both.back().name = name;
  }
  return plan_of("runs", std::move(both));
}

std::string read_runs(const answer& given) {
  if (given.out == "x") return "at-once";
  return given.stopped ? "in-turn" : "";
}

constexpr question questions[] = {
    {.axis = "runs", .ask = ask_runs, .read = read_runs},
    {.axis = "half_close", .ask = ask_half_close, .read = read_half_close},
    {.axis = "peer_gone", .ask = ask_peer_gone, .read = fate_of},
    {.axis = "protocol_error", .ask = ask_protocol_error, .read = fate_of},
    {.axis = "silent_client", .costs = price::long_one, .ask = ask_silent_client, .read = read_silent_client},
    {.axis = "after_exit", .ask = ask_after_exit, .read = read_after_exit},
    {.axis = "exit_codes", .ask = ask_exit_codes, .read = read_exit_codes},
    {.axis = "exit_newline", .ask = ask_exit_newline, .read = read_exit_newline},
    {.axis = "output_ahead", .ask = ask_output_ahead, .read = read_output_ahead},
};

}  // namespace

std::span<const question> ending_questions() noexcept { return questions; }

}  // namespace nailbiter::probe
