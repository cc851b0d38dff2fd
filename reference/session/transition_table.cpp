#include "reference/session/transition_table.hpp"

#include <fmt/core.h>

#include <string_view>

namespace naild::session {
namespace {

using row = std::array<cell, state_count>;

// Short names keep a row on one line. A cell without a state stays where it is.
constexpr auto waiting = state::waiting;
constexpr auto running = state::running;
constexpr auto cancelling = state::cancelling;
constexpr auto exiting = state::exiting;
constexpr auto lingering = state::lingering;
constexpr auto closed = state::closed;

constexpr cell stay(state here, reaction what = reaction::ignore) { return {what, here}; }

constexpr cell hd(reaction what = reaction::ignore) { return stay(state::header, what); }
constexpr cell wt(reaction what = reaction::ignore) { return stay(waiting, what); }
constexpr cell rn(reaction what = reaction::ignore) { return stay(running, what); }
constexpr cell cn(reaction what = reaction::ignore) { return stay(cancelling, what); }
constexpr cell ex() { return stay(exiting); }
constexpr cell ln() { return stay(lingering); }
constexpr cell cl() { return stay(closed); }

using enum reaction;

// clang-format off
constexpr std::array<row, input_count> table{{
  // header               waiting               running                     cancelling     exiting             lingering         closed
  {{ hd(keep),            {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // argument
  {{ hd(keep),            {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // environment
  {{ hd(keep),            {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // working_dir
  {{ {ask, waiting},      {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // command
  {{ hd(),                wt(),                 rn(),                       cn(),          ex(),               ln(),             cl() }},  // heartbeat
  {{ {reject, exiting},   {reject, exiting},    rn(feed),                   cn(),          ex(),               ln(),             cl() }},  // stdin_data
  {{ {reject, exiting},   {reject, exiting},    rn(end_feed),               cn(end_feed),  ex(),               ln(),             cl() }},  // stdin_eof
  {{ {reject, exiting},   {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // unknown_chunk
  {{ {reject, exiting},   {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // chunk_too_long
  {{ {reject, exiting},   {give_up, exiting},   {cancel, cancelling},       cn(),          ex(),               {close, closed},  cl() }},  // half_closed
  {{ {close, closed},     {abandon, closed},    {lose, cancelling},         cn(lose),      {close, closed},    {close, closed},  cl() }},  // gone
  {{ {reject, exiting},   wt(),                 rn(),                       cn(),          ex(),               ln(),             cl() }},  // header_timed_out
  {{ {reject, exiting},   {give_up, exiting},   {cancel_aloud, cancelling}, cn(),          {close, closed},    {close, closed},  cl() }},  // heartbeat_timed_out
  {{ hd(),                wt(),                 rn(),                       cn(),          ex(),               {close, closed},  cl() }},  // linger_timed_out
  {{ hd(),                {start, running},     rn(),                       cn(),          ex(),               ln(),             cl() }},  // admitted
  {{ {refuse, exiting},   {refuse, exiting},    rn(),                       cn(),          ex(),               ln(),             cl() }},  // refused
  {{ hd(),                wt(),                 rn(grant),                  cn(),          ex(),               ln(),             cl() }},  // nail_wants_stdin
  {{ hd(),                wt(),                 rn(grant_again),            cn(),          ex(),               ln(),             cl() }},  // nail_consumed_stdin
  {{ hd(),                wt(),                 rn(stop_grants),            cn(),          ex(),               ln(),             cl() }},  // nail_stopped_stdin
  {{ hd(),                wt(),                 {finish, exiting},          {finish, exiting}, ex(),           ln(),             cl() }},  // nail_exited
  {{ hd(),                wt(),                 rn(),                       cn(),          {ignore, lingering}, ln(),            cl() }},  // output_drained
  {{ {refuse, exiting},   {refuse, exiting},    rn(),                       cn(),          ex(),               ln(),             cl() }},  // drain_asked
  {{ {give_up, exiting},  {give_up, exiting},   {cancel_aloud, cancelling}, cn(),          ex(),               ln(),             cl() }},  // cancel_asked
  {{ {reject, exiting},   {reject, exiting},    {fail, cancelling},         cn(fail),      ex(),               ln(),             cl() }},  // violation
  {{ hd(),                wt(),                 rn(),                       {close, closed}, ex(),             ln(),             cl() }},  // nail_exited_unheard
}};
// clang-format on

std::string text_of(const cell& found, state from) {
  if (found.next != from) return fmt::format("{} -> {}", name_of(found.what), name_of(found.next));
  return found.what == ignore ? "-" : name_of(found.what);
}

}  // namespace

const cell& transition(input what, state from) noexcept {
  return table[static_cast<std::size_t>(what)][static_cast<std::size_t>(from)];
}

const char* name_of(input what) noexcept {
  if (what == input::violation) return "violation";
  if (what == input::nail_exited_unheard) return "nail_exited_unheard";
  return name_of(static_cast<event_kind>(what));
}

const char* name_of(reaction what) noexcept {
  switch (what) {
    case ignore: return "ignore";
    case keep: return "keep";
    case ask: return "ask";
    case reject: return "reject";
    case refuse: return "refuse";
    case give_up: return "give_up";
    case abandon: return "abandon";
    case start: return "start";
    case feed: return "feed";
    case end_feed: return "end_feed";
    case grant: return "grant";
    case grant_again: return "grant_again";
    case stop_grants: return "stop_grants";
    case cancel: return "cancel";
    case cancel_aloud: return "cancel_aloud";
    case fail: return "fail";
    case lose: return "lose";
    case finish: return "finish";
    case close: return "close";
  }
  return "unknown reaction";
}

std::string table_text() {
  const auto line_of = [](std::string_view title, const auto& text_at) {
    std::string line = fmt::format("{:<19}", title);
    for (std::size_t from = 0; from < state_count; ++from) line += fmt::format(" | {:<26}", text_at(from));
    return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  };
  std::string text = line_of("", [](std::size_t from) { return std::string(name_of(static_cast<state>(from))); });
  for (std::size_t what = 0; what < input_count; ++what) {
    text += line_of(name_of(static_cast<input>(what)), [&](std::size_t from) { return text_of(table[what][from], static_cast<state>(from)); });
  }
  return text;
}

}  // namespace naild::session
