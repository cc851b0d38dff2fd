#include "reference/session/machine.hpp"

#include <gtest/gtest.h>

#include "tests/reference/session/conversation_support.hpp"

namespace naild::session {

namespace {

using actions = std::vector<action>;
using enum action_kind;

const action read_no_more{.kind = stop_reading};

TEST(Machine, asks_for_admission_when_the_command_comes_and_starts_the_nail_when_admitted) {
  conversation talk;
  talk.tell(event_kind::argument, "one");
  talk.tell(event_kind::working_dir, "/tmp");
  EXPECT_EQ(talk.tell(event_kind::command, "exec"), (actions{{.kind = request_admission}}));
  EXPECT_EQ(talk.now(), state::waiting);
  EXPECT_EQ(talk.tell(event_kind::admitted), (actions{{.kind = start_nail}}));
  EXPECT_EQ(talk.subject().asked().arguments, (std::vector<base::bytes>{"one"}));
  EXPECT_EQ(talk.subject().asked().working_dir, "/tmp");
}

TEST(Machine, tells_the_nails_own_code_and_then_lingers_until_the_client_closes) {
  conversation talk;
  talk.start_run();
  EXPECT_EQ(talk.tell(event_kind::nail_exited, {}, -15), (actions{{.kind = send_exit, .number = -15}, read_no_more}));
  EXPECT_EQ(talk.tell(event_kind::output_drained), actions{});
  EXPECT_EQ(talk.now(), state::lingering);
  EXPECT_EQ(talk.tell(event_kind::half_closed), (actions{{.kind = close}}));
  EXPECT_EQ(talk.now(), state::closed);
}

TEST(Machine, the_last_of_duplicate_variables_wins_at_the_first_position) {
  conversation talk;
  for (const char* variable : {"a=1", "b=1", "a=2", "=x", "c=1", "b=", "a=3=4", "=y"}) talk.tell(event_kind::environment, variable);
  talk.start_run();
  EXPECT_EQ(talk.subject().asked().environment, (std::vector<base::bytes>{"a=3=4", "b=", "=y", "c=1"}));
}

TEST(Machine, the_last_of_duplicate_working_dirs_wins) {
  conversation talk;
  talk.tell(event_kind::working_dir, "relative");
  talk.start_run();
  EXPECT_EQ(talk.subject().asked().working_dir, "/");
}

TEST(Machine, passes_bytes_that_are_no_text_through_unchanged) {
  conversation talk;
  talk.tell(event_kind::argument, "\xff\xfe");
  talk.start_run();
  EXPECT_EQ(talk.subject().asked().arguments.front(), "\xff\xfe");
}

TEST(Stdin, is_granted_again_after_each_consumed_chunk) {
  conversation talk;
  talk.start_run();
  const actions granted{{.kind = grant_stdin}};
  EXPECT_EQ(talk.tell(event_kind::nail_wants_stdin), granted);
  EXPECT_EQ(talk.tell(event_kind::stdin_data, "in"), (actions{{.kind = feed_stdin, .payload = "in"}}));
  EXPECT_EQ(talk.tell(event_kind::nail_consumed_stdin), granted);
  EXPECT_EQ(talk.tell(event_kind::stdin_eof), (actions{{.kind = end_stdin}}));
  EXPECT_EQ(talk.tell(event_kind::nail_consumed_stdin), actions{});
}

TEST(Stdin, is_granted_once_when_so_configured) {
  conversation talk({}, stdin_grant::once);
  talk.start_run();
  talk.tell(event_kind::nail_wants_stdin);
  talk.tell(event_kind::stdin_data, "in");
  talk.tell(event_kind::nail_consumed_stdin);
  EXPECT_EQ(talk.count(grant_stdin), 1u);
}

TEST(Stdin, is_not_granted_by_a_second_wish_or_before_the_first) {
  conversation talk;
  talk.start_run();
  EXPECT_EQ(talk.tell(event_kind::nail_consumed_stdin), actions{});
  talk.tell(event_kind::nail_wants_stdin);
  EXPECT_EQ(talk.tell(event_kind::nail_wants_stdin), actions{});
}

TEST(Stdin, that_has_ended_or_is_not_read_is_not_ended_again_by_a_cancel) {
  for (const auto before : {event_kind::stdin_eof, event_kind::nail_stopped_stdin}) {
    conversation talk;
    talk.start_run();
    talk.tell(event_kind::nail_wants_stdin);
    talk.tell(before);
    EXPECT_EQ(talk.tell(event_kind::half_closed).size(), 1u) << name_of(before);
  }
}

TEST(Stdin, has_no_reader_once_the_nail_stopped_reading) {
  conversation talk;
  talk.start_run();
  talk.tell(event_kind::nail_wants_stdin);
  talk.tell(event_kind::nail_stopped_stdin);
  EXPECT_EQ(talk.tell(event_kind::stdin_data, "late"), actions{});
  EXPECT_EQ(talk.tell(event_kind::nail_consumed_stdin), actions{});
  EXPECT_EQ(talk.tell(event_kind::stdin_eof), actions{});
  EXPECT_EQ(talk.now(), state::running);
}

TEST(Stdin, before_its_grant_or_after_its_end_cancels_and_exits_1) {
  for (const bool granted : {false, true}) {
    conversation talk;
    talk.start_run();
    if (granted) talk.tell(event_kind::nail_wants_stdin);
    if (granted) talk.tell(event_kind::stdin_eof);
    const auto asked = talk.tell(granted ? event_kind::stdin_eof : event_kind::stdin_data);
    EXPECT_EQ(asked.at(0).kind, send_stderr);
    EXPECT_EQ(asked.at(1).kind, cancel_nail);
    EXPECT_EQ(talk.now(), state::cancelling);
    talk.tell(event_kind::nail_exited, {}, 0);
    EXPECT_EQ(talk.last(send_exit)->number, 1);
  }
}

TEST(Cancel, half_close_fires_the_token_ends_stdin_and_keeps_the_nails_own_code) {
  conversation talk;
  talk.start_run();
  EXPECT_EQ(talk.tell(event_kind::half_closed), (actions{{.kind = cancel_nail, .payload = "cancelled: the client shut its write side"}, {.kind = end_stdin}}));
  EXPECT_TRUE(talk.subject().was_cancelled());
  talk.tell(event_kind::nail_exited, {}, 0);
  EXPECT_EQ(talk.last(send_exit)->number, 0);
}

TEST(Cancel, a_client_that_is_gone_gets_no_exit_and_the_connection_closes_after_the_nail) {
  conversation talk;
  talk.start_run();
  talk.tell(event_kind::gone);
  EXPECT_EQ(talk.now(), state::cancelling);
  EXPECT_EQ(talk.tell(event_kind::nail_exited, {}, -1), (actions{{.kind = close}}));
  EXPECT_EQ(talk.count(send_exit), 0u);
}

TEST(Cancel, silence_and_an_operator_tell_the_client_why) {
  for (const auto kind : {event_kind::heartbeat_timed_out, event_kind::cancel_asked}) {
    conversation talk;
    talk.start_run();
    EXPECT_EQ(talk.tell(kind, "by operator").at(0).kind, send_stderr);
    talk.tell(event_kind::nail_exited, {}, -1);
    EXPECT_EQ(talk.last(send_exit)->number, -1);
  }
}

TEST(Cancel, a_client_that_goes_on_streaming_stdin_breaks_no_rule) {
  conversation talk;
  talk.start_run();
  talk.tell(event_kind::nail_wants_stdin);
  talk.tell(event_kind::cancel_asked, "stop");
  EXPECT_EQ(talk.tell(event_kind::stdin_data, "more"), actions{});
  EXPECT_EQ(talk.tell(event_kind::stdin_eof), actions{});
  talk.tell(event_kind::nail_exited, {}, -1);
  EXPECT_EQ(talk.last(send_exit)->number, -1);
}

TEST(Violation, after_a_cancel_tells_its_reason_once_and_exits_1) {
  conversation talk;
  talk.start_run();
  talk.tell(event_kind::cancel_asked, "stop");
  talk.tell(event_kind::unknown_chunk, {}, 'X');
  talk.tell(event_kind::unknown_chunk, {}, 'X');
  EXPECT_EQ(talk.count(send_stderr), 2u);
  EXPECT_EQ(talk.count(cancel_nail), 1u);
  EXPECT_EQ(talk.count(stop_reading), 1u);
  talk.tell(event_kind::nail_exited, {}, -1);
  EXPECT_EQ(talk.last(send_exit)->number, 1);
}

TEST(Cancel, before_the_start_is_recorded_as_cancelled) {
  for (const auto kind : {event_kind::half_closed, event_kind::gone, event_kind::heartbeat_timed_out, event_kind::cancel_asked, event_kind::command}) {
    conversation talk;
    talk.tell(event_kind::working_dir, "/");
    talk.tell(event_kind::command, "x");
    talk.tell(kind);
    EXPECT_TRUE(talk.subject().was_cancelled()) << name_of(kind);
  }
}

TEST(Cancel, a_refused_session_was_not_cancelled) {
  conversation talk;
  talk.tell(event_kind::refused, "full");
  EXPECT_FALSE(talk.subject().was_cancelled());
}

TEST(Refusal, gives_its_reason_and_75_while_no_run_has_started) {
  for (const bool waiting : {false, true}) {
    for (const auto kind : {event_kind::drain_asked, event_kind::refused}) {
      conversation talk;
      if (waiting) talk.tell(event_kind::working_dir, "/");
      if (waiting) talk.tell(event_kind::command, "x");
      EXPECT_EQ(talk.tell(kind, "draining"),
                (actions{{.kind = send_stderr, .payload = "naild: refused: draining\n"}, {.kind = send_exit, .number = 75}, read_no_more}));
      EXPECT_EQ(talk.tell(event_kind::admitted), actions{});
    }
  }
}

TEST(Refusal, does_not_touch_a_run_that_has_started) {
  conversation talk;
  talk.start_run();
  EXPECT_EQ(talk.tell(event_kind::drain_asked), actions{});
  EXPECT_EQ(talk.now(), state::running);
}

TEST(Event, prints_on_one_line_with_its_payload_escaped_and_shortened) {
  EXPECT_EQ(to_string(said(event_kind::stdin_data, "a\n\"")), "stdin_data \"a\\x0a\\x22\"");
  EXPECT_EQ(to_string(action{.kind = send_exit, .number = 0}), "send_exit 0");
  EXPECT_LT(to_string(said(event_kind::argument, base::bytes(1000, 'x'))).size(), 100u);
}

}  // namespace
}  // namespace naild::session
