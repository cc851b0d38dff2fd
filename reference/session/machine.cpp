#include "reference/session/machine.hpp"

#include <utility>

namespace naild::session {
namespace {

/// Why a chunk or an end of input is wrong wherever the table says reject or fail.
violation violation_of(event_kind kind) noexcept {
  switch (kind) {
    case event_kind::stdin_data:
    case event_kind::stdin_eof: return violation::stdin_before_start;
    case event_kind::chunk_too_long: return violation::chunk_too_long;
    case event_kind::half_closed: return violation::header_not_finished;
    case event_kind::header_timed_out: return violation::header_too_slow;
    case event_kind::heartbeat_timed_out: return violation::header_silent;
    case event_kind::unknown_chunk: return violation::unknown_chunk;
    default: return violation::header_after_command;
  }
}

base::bytes refusal_of(const event& cause) {
  return "refused: " + (cause.kind == event_kind::drain_asked ? base::bytes("draining") : cause.payload);
}

base::bytes cancellation_of(const event& cause) {
  switch (cause.kind) {
    case event_kind::half_closed: return "cancelled: the client shut its write side";
    case event_kind::gone: return "cancelled: the client is gone";
    case event_kind::heartbeat_timed_out: return "cancelled: no heartbeat within heartbeat_timeout_ms";
    default: return "cancelled: " + cause.payload;
  }
}

constexpr std::size_t ordinary_actions = 3;  // of one event

}  // namespace

machine::machine(limits bounds, stdin_grant grant) noexcept : grant_mode_(grant), header_(bounds) {}

std::span<const action> machine::on_event(event what) {
  actions_.clear();
  const auto broken = broken_rule(what);
  input classified = broken ? input::violation : input_of(what.kind);
  if (what.kind == event_kind::nail_exited && is_gone_) classified = input::nail_exited_unheard;

  const cell& found = transition(classified, now_);
  const bool is_answered = found.what == reaction::reject || found.what == reaction::fail;
  const bool is_first = is_answered && !violation_;
  if (is_first) violation_ = broken ? *broken : violation_of(what.kind);
  if (!is_answered || is_first) react(found.what, what);
  now_ = found.next;
  return actions_;
}

/// The rules that need more than the state: the header's contents and the order of stdin.
std::optional<violation> machine::broken_rule(const event& what) {
  switch (what.kind) {
    case event_kind::argument:
    case event_kind::environment:
    case event_kind::working_dir:
    case event_kind::command:
    case event_kind::heartbeat: return now_ == state::header ? header_.admit(what) : std::nullopt;
    case event_kind::stdin_data:
    case event_kind::stdin_eof:
      if (!stdin_granted_) return violation::stdin_before_start;
      if (client_ended_stdin_) return violation::stdin_after_end;
      return std::nullopt;
    default: return std::nullopt;
  }
}

void machine::react(reaction what, event& cause) {
  switch (what) {
    case reaction::ignore: return;
    case reaction::keep: return header_.keep(std::move(cause));
    case reaction::ask:
      header_.keep(std::move(cause));
      return ask(action_kind::request_admission);
    case reaction::reject:
      was_cancelled_ = now_ == state::waiting;
      return answer(describe(*violation_), exit_code_violation);
    case reaction::refuse: return answer(refusal_of(cause), exit_code_refused);
    case reaction::give_up:
      was_cancelled_ = true;
      return answer(cancellation_of(cause), exit_code_cancelled);
    case reaction::abandon:
      was_cancelled_ = true;
      return ask(action_kind::close);
    case reaction::start: return ask(action_kind::start_nail);
    case reaction::feed: return feed(cause);
    case reaction::end_feed: return end_feed();
    case reaction::grant: return grant(!stdin_granted_);
    case reaction::grant_again: return grant(stdin_granted_ && grant_mode_ == stdin_grant::each);
    case reaction::stop_grants:
      nail_stopped_stdin_ = true;
      return;
    case reaction::cancel: return fire_token(cancellation_of(cause));
    case reaction::cancel_aloud:
      tell(cancellation_of(cause));
      return fire_token(cancellation_of(cause));
    case reaction::fail: return fail();
    case reaction::lose:
      is_gone_ = true;
      return fire_token(cancellation_of(cause));
    case reaction::finish: return finish(static_cast<std::int32_t>(cause.number));
    case reaction::close: return ask(action_kind::close);
  }
}

// A client may still be sending when the nail stops reading: that is no violation, the bytes have no reader.
void machine::feed(event& cause) {
  if (!nail_stopped_stdin_) ask(action_kind::feed_stdin, std::move(cause.payload));
}

void machine::end_feed() {
  client_ended_stdin_ = true;
  if (!nail_stopped_stdin_ && !was_cancelled_) ask(action_kind::end_stdin);
}

void machine::grant(bool wanted) {
  if (!wanted || client_ended_stdin_ || nail_stopped_stdin_) return;
  stdin_granted_ = true;
  ask(action_kind::grant_stdin);
}

// The token first: a nail that sees the end of its stdin must already be able to see why.
void machine::fire_token(base::bytes reason) {
  if (std::exchange(was_cancelled_, true)) return;
  ask(action_kind::cancel_nail, std::move(reason));
  if (!client_ended_stdin_ && !nail_stopped_stdin_) ask(action_kind::end_stdin);
}

void machine::fail() {
  tell(describe(*violation_));
  fire_token(describe(*violation_));
  stop_reading();
}

void machine::finish(std::int32_t code) {
  ask(action_kind::send_exit, {}, violation_ ? exit_code_violation : code);
  stop_reading();
}

// The only answer of a session without a run.
void machine::answer(base::bytes reason, std::int32_t code) {
  tell(reason);
  ask(action_kind::send_exit, {}, code);
  stop_reading();
}

void machine::tell(base::byte_view reason) {
  if (is_gone_) return;
  base::bytes line = "naild: ";
  line.append(reason).push_back('\n');
  ask(action_kind::send_stderr, std::move(line));
}

void machine::stop_reading() {
  if (!std::exchange(stopped_reading_, true)) ask(action_kind::stop_reading);
}

void machine::ask(action_kind kind, base::bytes payload, std::int32_t number) {
  if (actions_.empty()) actions_.reserve(ordinary_actions);
  actions_.push_back({.kind = kind, .payload = std::move(payload), .number = number});
}

}  // namespace naild::session
