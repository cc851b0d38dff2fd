#include "harness/probe/question.hpp"

namespace nailbiter::probe {
namespace {

constexpr std::string_view sent_text = "abcdefghijklmnopqrst";

/// Sends one byte a chunk to a run that copies it.
plan::client copying(const means& with, plan::stdin_pace pace) {
  plan::client who = scripted(with, {"cat"});
  who.stdin_from = plan::stdin_source::text;
  who.stdin_text = std::string(sent_text);
  who.stdin_chunk_bytes = 1;
  who.pace = pace;
  return who;
}

plan::plan ask_first_grant(const means& with) {
  return plan_of("first_grant", {scripted(with, {"wait t", "exit 0"}, {"until at t", "go t"})});
}

std::string read_first_grant(const answer& given) {
  if (given.exit_code != 0) return "";
  return given.grants == 0 ? "at-read" : "at-start";
}

plan::plan ask_grant(const means& with) { return plan_of("stdin_grant", {copying(with, plan::stdin_pace::per_grant)}); }

// Who is granted one chunk only waits for the second for ever. A client that sends one chunk for each `S` cannot see
// whether it comes for a chunk that was consumed or for a read that found nothing.
std::string read_grant(const answer& given) {
  if (given.grants == 0) return "";
  if (given.stopped) return given.grants == 1 ? "once" : "";
  return "each|on-empty";
}

plan::plan ask_streaming(const means& with) { return plan_of("stdin_streaming", {copying(with, plan::stdin_pace::streaming)}); }

std::string read_streaming(const answer& given) {
  if (given.grants == 0) return "";
  return given.out == sent_text ? "accepted" : "cut";
}

constexpr question questions[] = {
    {.axis = "first_grant", .ask = ask_first_grant, .read = read_first_grant},
    {.axis = "stdin_grant", .ask = ask_grant, .read = read_grant},
    {.axis = "stdin_streaming", .ask = ask_streaming, .read = read_streaming},
};

}  // namespace

std::span<const question> stdin_questions() noexcept { return questions; }

}  // namespace nailbiter::probe
