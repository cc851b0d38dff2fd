#include <utility>

#include <fmt/core.h>

#include "reference/port/clock.hpp"
#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {

using history::event_kind;
using plan::op_kind;

namespace {

constexpr std::uint64_t limit_ms = 400;  // far above what a hostile schedule can do to the clock
constexpr std::uint64_t grace_ms = 3'000;

const std::vector<std::string>& limited() {
  static const std::vector<std::string> args{"--heartbeat-timeout-ms=" + std::to_string(limit_ms)};
  return args;
}

/// Sends one beat and then nothing, while its run goes on for ever.
plan::client a_silent_client(const std::string& name) {
  plan::client who;
  who.name = name;
  who.script = {"out alive", "hang"};
  who.ops = {{.kind = op_kind::until_started}, {.kind = op_kind::heartbeat}, {.kind = op_kind::until_exit}};
  who.expect.ends = plan::ending::cancelled;
  return who;
}

/// Outlives the limit: it is told to go on when the client `silent` has been ended.
plan::client a_long_one(const std::string& silent, std::uint64_t heartbeat_ms) {
  plan::client who = *a_client("a", waits::never);
  who.script.insert(who.script.begin(), "wait long");
  who.ops = {{.kind = op_kind::until_at, .text = "long"}, {.kind = op_kind::until_client, .text = silent}, {.kind = op_kind::go, .text = "long"}};
  who.heartbeat_ms = heartbeat_ms;
  return who;
}

std::uint64_t time_of(const history::history& observed, std::uint32_t actor, event_kind kind, char type) {
  for (const history::event& each : observed.events) {
    if (each.actor == actor && each.kind == kind && each.type == type) return each.time_ns;
  }
  return 0;
}

}  // namespace

void more_heartbeats_never_hurt(subject& held_by) {
  const std::uint64_t slow_ms = limit_ms / 2;
  const std::uint64_t fast_ms = *rc::gen::inRange<std::uint64_t>(10, slow_ms).as("beats every so many ms");
  plan::client slow = a_long_one("y", slow_ms);
  plan::client fast = slow;
  fast.heartbeat_ms = fast_ms;
  const plan::client first = a_silent_client("x");
  plan::client second = a_silent_client("y");
  second.starts_after = "x";
  const std::uint64_t seed = *a_seed().as("seed");
  const played rarely = held_by.play(plan_of({slow, first, second}, limited()), seed);
  const played often = held_by.play(plan_of({fast, first, second}, limited()), seed);
  require_same("more heartbeats must not hurt", rarely, 0, often, 0);
  const bool cut = often.clients[0].standard_error.find("heartbeat") != std::string::npos;
  if (often.clients[0].how != ended::exited || cut) fail_case("a client that beats must not be cut", often);
}

void silence_ends_a_run_in_time(subject& held_by) {
  const plan::client bystander = a_long_one("x", 0);
  plan::client by_itself = bystander;
  by_itself.ops.erase(by_itself.ops.begin() + 1);  // there is nobody to outlive
  const played seen = held_by.play(plan_of({bystander, a_silent_client("x")}, limited()), *a_seed().as("seed"));
  require_same("a silent neighbour must not be noticed", alone(held_by, by_itself), 0, seen, 0);
  const std::uint64_t last_beat = time_of(seen.observed, 1, event_kind::sent_chunk, 'H');
  const std::uint64_t exit = time_of(seen.observed, 1, event_kind::received_chunk, 'X');
  if (seen.clients[1].how != ended::exited) fail_case("a silent client's run must end", seen);
  const bool too_early = exit < last_beat + naild::port::milliseconds(limit_ms);
  const bool too_late = exit > last_beat + naild::port::milliseconds(limit_ms + grace_ms);
  if (too_early || too_late) fail_case(fmt::format("the last beat at {} ns, the end at {} ns", last_beat, exit), seen);
}

}  // namespace nailbiter::laws
