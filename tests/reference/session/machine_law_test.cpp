// What holds for every sequence of events, also for senseless ones.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/reference/session/conversation_support.hpp"

namespace naild::session {
namespace {

using enum action_kind;

/// Mostly the next step of a normal conversation, so that deep states are reached; else any event.
std::vector<event> any_events() {
  const auto normal = normal_conversation();
  const std::vector<base::bytes> payloads{"", "a=b", "/tmp", base::bytes("\0", 1)};
  std::vector<event> all;
  std::size_t at = 0;
  const auto length = *rc::gen::inRange(0, 60);
  for (int i = 0; i < length; ++i) {
    if (*rc::gen::inRange(0, 10) < 7 && at < normal.size()) {
      all.push_back(normal[at++]);
    } else {
      const auto kind = static_cast<event_kind>(*rc::gen::inRange(0, static_cast<int>(event_kind::cancel_asked) + 1));
      all.push_back(said(kind, *rc::gen::elementOf(payloads), *rc::gen::inRange(-2, 200)));
    }
  }
  return all;
}

bool ends_the_input(event_kind kind) {
  return kind == event_kind::half_closed || kind == event_kind::gone || kind == event_kind::heartbeat_timed_out || kind == event_kind::unknown_chunk ||
         kind == event_kind::chunk_too_long;
}

RC_GTEST_PROP(Machine, asks_for_each_single_thing_at_most_once, ()) {
  conversation talk;
  for (const auto& what : any_events()) talk.tell(what);
  for (const auto once : {request_admission, start_nail, cancel_nail, send_exit, end_stdin, stop_reading, close}) RC_ASSERT(talk.count(once) <= 1u);
}

RC_GTEST_PROP(Machine, sends_nothing_after_exit_and_asks_nothing_after_close, ()) {
  conversation talk;
  for (const auto& what : any_events()) talk.tell(what);
  bool exited = false;
  bool closed = false;
  for (const auto& asked : talk.asked()) {
    RC_ASSERT(!closed);
    if (exited) RC_ASSERT(asked.kind == stop_reading || asked.kind == close);
    exited = exited || asked.kind == send_exit;
    closed = closed || asked.kind == close;
  }
  RC_ASSERT(closed == (talk.now() == state::closed));
}

RC_GTEST_PROP(Machine, sends_nothing_to_a_client_that_is_gone, ()) {
  conversation talk;
  bool gone = false;
  for (const auto& what : any_events()) {
    gone = gone || what.kind == event_kind::gone;
    for (const auto& asked : talk.tell(what)) {
      if (gone) RC_ASSERT(asked.kind != send_stderr && asked.kind != send_exit && asked.kind != grant_stdin);
    }
  }
}

RC_GTEST_PROP(Machine, every_end_of_the_input_cancels_a_running_nail, ()) {
  conversation talk;
  for (const auto& what : any_events()) {
    const bool was_running = talk.now() == state::running;
    talk.tell(what);
    if (was_running && ends_the_input(what.kind)) {
      RC_ASSERT(talk.now() == state::cancelling);
      RC_ASSERT(talk.count(cancel_nail) == 1u);
      RC_ASSERT(talk.subject().was_cancelled());
    }
  }
  RC_ASSERT(talk.count(cancel_nail) <= talk.count(start_nail));
}

RC_GTEST_PROP(Machine, touches_stdin_only_of_a_running_nail_that_reads, ()) {
  conversation talk;
  bool stopped = false;
  bool ended = false;
  for (const auto& what : any_events()) {
    const bool was_running = talk.now() == state::running;
    stopped = stopped || (was_running && what.kind == event_kind::nail_stopped_stdin);
    for (const auto& asked : talk.tell(what)) {
      if (asked.kind != feed_stdin && asked.kind != grant_stdin && asked.kind != end_stdin) continue;
      RC_ASSERT(was_running);
      RC_ASSERT(!stopped);
      RC_ASSERT(!ended);
      ended = asked.kind == end_stdin;
    }
  }
}

RC_GTEST_PROP(Machine, a_started_nail_that_exits_is_always_answered_or_closed, ()) {
  conversation talk;
  for (const auto& what : any_events()) talk.tell(what);
  if (talk.count(start_nail) == 0u) return;
  talk.tell(event_kind::nail_exited, {}, 0);
  RC_ASSERT(talk.count(send_exit) + talk.count(close) >= 1u);
  talk.tell(event_kind::output_drained);
  talk.tell(event_kind::linger_timed_out);
  RC_ASSERT(talk.now() == state::closed);
}

RC_GTEST_PROP(Machine, equal_events_give_equal_actions, ()) {
  const auto events = any_events();
  conversation first;
  conversation second;
  for (const auto& what : events) RC_ASSERT(first.tell(what) == second.tell(what));
  RC_ASSERT(first.now() == second.now());
}

RC_GTEST_PROP(Machine, tells_a_reason_in_one_line_before_every_code_of_its_own, ()) {
  conversation talk;
  for (const auto& what : any_events()) talk.tell(what);
  const action* exit = talk.last(send_exit);
  if (exit == nullptr || talk.count(start_nail) != 0u) return;
  const action* reason = talk.last(send_stderr);
  RC_ASSERT(reason != nullptr);
  RC_ASSERT(reason->payload.starts_with("naild: "));
  RC_ASSERT(reason->payload.find('\n') == reason->payload.size() - 1);
}

}  // namespace
}  // namespace naild::session
