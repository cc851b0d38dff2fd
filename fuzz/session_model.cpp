#include "fuzz/session_model.hpp"

#include <algorithm>
#include <string>

namespace fuzz {
namespace {

using namespace naild::session;
using action_list = std::vector<action>;
using naild::base::bytes;

action_list operator+(action_list left, const action_list& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

action_list one(action_kind kind, bytes payload = {}, std::int32_t number = 0) { return {{.kind = kind, .payload = std::move(payload), .number = number}}; }

bool is_header(event_kind kind) { return kind <= event_kind::heartbeat; }
bool is_stdin(event_kind kind) { return kind == event_kind::stdin_data || kind == event_kind::stdin_eof; }
bool has_nul(const bytes& text) { return std::ranges::count(text, '\0') != 0; }
bytes key_of(const bytes& variable) { return variable.substr(0, variable.find('=')); }

/// The fault of what is out of place whatever it says.
violation fault_of(event_kind kind) {
  if (is_stdin(kind)) return violation::stdin_before_start;
  switch (kind) {
    case event_kind::half_closed: return violation::header_not_finished;
    case event_kind::header_timed_out: return violation::header_too_slow;
    case event_kind::heartbeat_timed_out: return violation::header_silent;
    case event_kind::unknown_chunk: return violation::unknown_chunk;
    case event_kind::chunk_too_long: return violation::chunk_too_long;
    default: return violation::header_after_command;
  }
}

std::string cancel_reason(const event& cause) {
  switch (cause.kind) {
    case event_kind::half_closed: return "cancelled: the client shut its write side";
    case event_kind::gone: return "cancelled: the client is gone";
    case event_kind::heartbeat_timed_out: return "cancelled: no heartbeat within heartbeat_timeout_ms";
    default: return "cancelled: " + cause.payload;
  }
}

}  // namespace

std::optional<violation> session_model::broken_header(const event& what) {
  header_bytes_ += 5 + what.payload.size();
  if (header_bytes_ > bounds_.header_bytes_max) return violation::header_too_long;
  const bool nul = has_nul(what.payload);
  switch (what.kind) {
    case event_kind::argument:
      if (nul) return violation::argument_has_nul;
      if (request_.arguments.size() + 1 > bounds_.args_max) return violation::too_many_arguments;
      break;
    case event_kind::environment:
      if (nul) return violation::environment_has_nul;
      if (std::ranges::count(what.payload, '=') == 0) return violation::environment_without_equals;
      if (request_.environment.size() + 1 > bounds_.env_max) return violation::too_many_variables;
      break;
    case event_kind::working_dir:
      if (nul) return violation::working_dir_has_nul;
      break;
    case event_kind::command:
      if (nul) return violation::command_has_nul;
      if (!working_dir_) return violation::working_dir_missing;
      if (working_dir_->empty() || working_dir_->front() != '/') return violation::working_dir_not_absolute;
      break;
    default: break;
  }
  return std::nullopt;
}

std::optional<violation> session_model::broken_by(const event& what) {
  if (is_header(what.kind) && now_ == state::header) return broken_header(what);
  if (is_stdin(what.kind) && !granted_) return violation::stdin_before_start;
  if (is_stdin(what.kind) && !stdin_open_) return violation::stdin_after_end;
  return std::nullopt;
}

void session_model::keep(const event& what) {
  if (what.kind == event_kind::argument) request_.arguments.push_back(what.payload);
  if (what.kind == event_kind::environment) request_.environment.push_back(what.payload);
  if (what.kind == event_kind::working_dir) working_dir_ = what.payload;
  if (what.kind != event_kind::command) return;
  request_.command = what.payload;
  request_.working_dir = *working_dir_;
  std::vector<bytes> last;  // of each key, where its first one stood
  for (const bytes& variable : request_.environment) {
    const auto same = std::ranges::find(last, key_of(variable), key_of);
    if (same == last.end()) last.push_back(variable);
    else *same = variable;
  }
  request_.environment = std::move(last);
}

action_list session_model::expect(const event& what) {
  const auto broken = broken_by(what);
  last_input_ = input_of(what.kind);
  if (broken) last_input_ = input::violation;
  else if (gone_ && what.kind == event_kind::nail_exited) last_input_ = input::nail_exited_unheard;
  const cell& found = table_.at(last_input_, now_);
  action_list asked = reaction_to(found.what, what, broken.value_or(fault_of(what.kind)));
  now_ = found.next;
  return asked;
}

action_list session_model::reaction_to(reaction what, const event& cause, violation fault) {
  switch (what) {
    case reaction::ignore: return {};
    case reaction::keep: return keep(cause), action_list{};
    case reaction::ask: return keep(cause), one(action_kind::request_admission);
    case reaction::reject:
      faulty_ = true;
      cancelled_ = now_ != state::header;
      return answer(describe(fault), 1);
    case reaction::refuse: return answer(cause.kind == event_kind::drain_asked ? "refused: draining" : "refused: " + cause.payload, 75);
    case reaction::give_up: return cancelled_ = true, answer(cancel_reason(cause), -1);
    case reaction::abandon: return cancelled_ = true, one(action_kind::close);
    case reaction::start: return one(action_kind::start_nail);
    case reaction::feed: return nail_reads_ ? one(action_kind::feed_stdin, cause.payload) : action_list{};
    case reaction::end_feed:
      stdin_open_ = false;
      return nail_reads_ && !cancelled_ ? one(action_kind::end_stdin) : action_list{};
    case reaction::grant:
    case reaction::grant_again: {
      const bool wanted = what == reaction::grant ? !granted_ : granted_ && grant_ == stdin_grant::each;
      if (!wanted || !stdin_open_ || !nail_reads_) return {};
      granted_ = true;
      return one(action_kind::grant_stdin);
    }
    case reaction::stop_grants: return nail_reads_ = false, action_list{};
    case reaction::cancel: return cancel(cancel_reason(cause));
    case reaction::cancel_aloud: return said(cancel_reason(cause)) + cancel(cancel_reason(cause));
    case reaction::fail: return failure(fault);
    case reaction::lose: return gone_ = true, cancel(cancel_reason(cause));
    case reaction::finish: return one(action_kind::send_exit, {}, faulty_ ? 1 : static_cast<std::int32_t>(cause.number)) + no_more_reading();
    case reaction::close: return one(action_kind::close);
  }
  return {};
}

// Only the first fault of a run is told.
action_list session_model::failure(violation fault) {
  if (faulty_) return {};
  faulty_ = true;
  action_list asked = said(describe(fault)) + cancel(describe(fault));
  return asked + no_more_reading();
}

action_list session_model::answer(const std::string& reason, std::int32_t code) { return said(reason) + one(action_kind::send_exit, {}, code) + no_more_reading(); }

// A token fires once; then the nail's stdin ends, unless it has.
action_list session_model::cancel(const std::string& reason) {
  if (cancelled_) return {};
  cancelled_ = true;
  action_list asked = one(action_kind::cancel_nail, reason);
  return stdin_open_ && nail_reads_ ? asked + one(action_kind::end_stdin) : asked;
}

action_list session_model::said(const std::string& reason) const { return gone_ ? action_list{} : one(action_kind::send_stderr, "naild: " + reason + "\n"); }

action_list session_model::no_more_reading() {
  if (!reads_) return {};
  reads_ = false;
  return one(action_kind::stop_reading);
}

}  // namespace fuzz
