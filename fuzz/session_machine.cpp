// Fuzz target: the session machine under any sequence of events. Three bytes begin an event (kind, number, payload
// length), its payload follows; small limits, so that they are reached.

#include <array>

#include "fuzz/fuzz_input.hpp"
#include "reference/session/machine.hpp"

namespace {

using fuzz::require;
using namespace naild::session;

constexpr std::size_t kind_count = static_cast<std::size_t>(event_kind::cancel_asked) + 1;

event next_event(fuzz::fuzz_input& input) {
  event made{.kind = static_cast<event_kind>(input.byte() % kind_count)};
  made.number = static_cast<std::int8_t>(input.byte());
  made.payload = naild::base::bytes(input.take(input.byte()));
  return made;
}

bool ends_the_input(event_kind kind) {
  return kind == event_kind::half_closed || kind == event_kind::gone || kind == event_kind::heartbeat_timed_out || kind == event_kind::unknown_chunk ||
         kind == event_kind::chunk_too_long;
}

struct observer {
  std::array<int, static_cast<std::size_t>(action_kind::close) + 1> counts{};

  int& of(action_kind kind) { return counts[static_cast<std::size_t>(kind)]; }

  void see(const action& what) {
    require(of(action_kind::close) == 0, "nothing is asked after close");
    if (of(action_kind::send_exit) != 0) require(what.kind == action_kind::stop_reading || what.kind == action_kind::close, "nothing is sent after exit");
    const bool for_nail = what.kind == action_kind::feed_stdin || what.kind == action_kind::grant_stdin || what.kind == action_kind::end_stdin;
    if (for_nail) require(of(action_kind::start_nail) == 1 && of(action_kind::end_stdin) == 0, "stdin only between start and its end");
    if (what.kind == action_kind::cancel_nail) require(of(action_kind::start_nail) == 1, "only a started nail is cancelled");
    ++of(what.kind);
    const bool is_repeatable = what.kind == action_kind::feed_stdin || what.kind == action_kind::grant_stdin || what.kind == action_kind::send_stderr;
    require(is_repeatable || of(what.kind) == 1, "each single thing at most once");
    require(of(action_kind::send_stderr) <= 2, "at most a cancel and a violation are told");
  }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::fuzz_input input(data, size);
  const auto grant = input.byte() % 2 == 0 ? stdin_grant::each : stdin_grant::once;
  machine subject({.header_bytes_max = 400, .args_max = 4, .env_max = 6}, grant);
  observer seen;
  while (!input.empty()) {
    event what = next_event(input);
    const state before = subject.now();
    const event_kind kind = what.kind;
    for (const action& asked : subject.on_event(std::move(what))) seen.see(asked);
    require(subject.now() >= before, "a session never goes back");
    if (before == state::running && ends_the_input(kind)) require(seen.of(action_kind::cancel_nail) == 1, "every end of the input cancels");
  }
  if (subject.now() >= state::running) require(subject.asked().environment.size() <= 6 && subject.asked().arguments.size() <= 4, "limits hold");
  require((subject.now() == state::closed) == (seen.of(action_kind::close) == 1), "closed means close was asked");
  return 0;
}
