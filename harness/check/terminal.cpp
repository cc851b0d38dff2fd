#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {

// Child puppets report for their run too, so ends are held against hellos.
verdict judge_terminal(const context& given) {
  const views& seen = given.seen;
  bool looked = false;
  verdict doubt;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = seen.clients[i];
    if (view.hello == absent && view.terminal == absent) continue;
    looked = true;
    const auto counts = "the run of " + quoted(given.client(i)) + " began " + std::to_string(view.hellos) +
                        " times and ended " + std::to_string(view.terminals) + " times";
    if (view.terminals > view.hellos) return failed(reason::two_exits, counts, {view.terminal, view.last_terminal});
    if (view.terminals == view.hellos || seen.daemon_ended != absent) continue;
    if (seen.quiescent != absent) return failed(reason::no_exit, counts, {view.hello, seen.quiescent});
    if (seen.deadline != absent && doubt.result != outcome::unknown)
      doubt = unsure(reason::deadline, counts, {view.hello, seen.deadline});
  }
  return doubt.result == outcome::unknown ? doubt : found_nothing(looked);
}

}  // namespace nailbiter::check
