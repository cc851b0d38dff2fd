#include <algorithm>
#include <string>

#include "harness/check/families.hpp"
#include "harness/wire/exit_payload.hpp"

namespace nailbiter::check {
namespace {

/// The script comes to a word of the harness that it cannot pass without having reported first.
bool waits_for_harness(const plan::client& who) {
  return std::ranges::any_of(who.script, [](const std::string& step) { return step.starts_with("wait ") || step.starts_with("barrier "); });
}

/// `X` says that the run came to its end by itself, and no run has begun: the answer of a daemon that does nothing.
verdict judge_absent(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  const plan::client& who = given.client(index);
  if (view.exit == absent || !waits_for_harness(who)) return found_nothing(false);
  const auto code = wire::parse_exit(given.event(view.exit).text);
  if (!code || given.intended.clients[index].exit_code != *code) return found_nothing(false);
  return failed(reason::no_run, "`X` " + std::to_string(*code) + " for the run of " + quoted(who) + ", which never began", {view.exit});
}

}  // namespace

// Child puppets report for their run too, so ends are held against hellos.
verdict judge_terminal(const context& given) {
  const views& seen = given.seen;
  bool looked = false;
  verdict doubt;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = seen.clients[i];
    if (view.hello == absent && view.terminal == absent) {
      verdict one = judge_absent(given, i);
      if (one.result == outcome::fail) return one;
      continue;
    }
    looked = true;
    if (view.terminals == view.hellos) continue;
    const auto counts = "the run of " + quoted(given.client(i)) + " began " + std::to_string(view.hellos) +
                        " times and ended " + std::to_string(view.terminals) + " times";
    if (view.terminals > view.hellos) return failed(reason::two_exits, counts, {view.terminal, view.last_terminal});
    if (seen.daemon_ended != absent) continue;
    if (seen.quiescent != absent) return failed(reason::no_exit, counts, {view.hello, seen.quiescent});
    if (seen.deadline != absent && doubt.result != outcome::unknown)
      doubt = unsure(reason::deadline, counts, {view.hello, seen.deadline});
  }
  return doubt.result == outcome::unknown ? doubt : found_nothing(looked);
}

}  // namespace nailbiter::check
