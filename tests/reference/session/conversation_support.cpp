#include "tests/reference/session/conversation_support.hpp"

#include <algorithm>
#include <ostream>
#include <ranges>

namespace naild::session {

event said(event_kind kind, base::bytes payload, std::int64_t number) {
  return {.kind = kind, .payload = std::move(payload), .number = number};
}

std::vector<event> normal_conversation() {
  return {said(event_kind::argument, "a"),        said(event_kind::environment, "k=v"),  said(event_kind::working_dir, "/"),
          said(event_kind::command, "puppet"),    said(event_kind::admitted),            said(event_kind::nail_wants_stdin),
          said(event_kind::stdin_data, "in"),     said(event_kind::nail_consumed_stdin), said(event_kind::heartbeat),
          said(event_kind::stdin_eof),            said(event_kind::nail_stopped_stdin),  said(event_kind::nail_exited, {}, 7),
          said(event_kind::output_drained),       said(event_kind::half_closed)};
}

void PrintTo(const action& what, std::ostream* out) { *out << to_string(what); }

std::vector<action> conversation::tell(event what) {
  const auto asked = machine_.on_event(std::move(what));
  asked_.insert(asked_.end(), asked.begin(), asked.end());
  return {asked.begin(), asked.end()};
}

void conversation::start_run() {
  tell(event_kind::working_dir, "/");
  tell(event_kind::command, "puppet");
  tell(event_kind::admitted);
}

std::size_t conversation::count(action_kind kind) const {
  return static_cast<std::size_t>(std::ranges::count(asked_, kind, &action::kind));
}

const action* conversation::last(action_kind kind) const {
  const auto backwards = asked_ | std::views::reverse;
  const auto found = std::ranges::find(backwards, kind, &action::kind);
  return found == backwards.end() ? nullptr : &*found;
}

}  // namespace naild::session
