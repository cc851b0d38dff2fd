#include "harness/check/families.hpp"

namespace nailbiter::check {

// Every client reads on after its `X` until the daemon has closed, unless its own ops make it leave.
verdict judge_close(const context& given) {
  const views& seen = given.seen;
  bool looked = false;
  verdict doubt;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    const client_view& view = seen.clients[i];
    if (view.exit == absent || view.bad_bytes != absent) continue;
    looked |= view.ended != absent;
    if (view.ended != absent || view.left != absent) continue;
    const auto detail = quoted(given.client(i)) + " has its `X`, and its connection is still open";
    if (seen.quiescent != absent) return failed(reason::connection_left_open, detail, {view.exit, seen.quiescent});
    if (seen.deadline != absent && doubt.result != outcome::unknown)
      doubt = unsure(reason::deadline, detail, {view.exit, seen.deadline});
  }
  return doubt.result == outcome::unknown ? doubt : found_nothing(looked);
}

}  // namespace nailbiter::check
