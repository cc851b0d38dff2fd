#include <algorithm>
#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

/// What is known of one barrier: when each member came, and when the first was let go.
struct meeting {
  std::vector<event_index> came;
  event_index released = absent;
};

meeting meeting_at(const context& given, const barrier& where) {
  meeting found;
  found.came.resize(where.members.size(), absent);
  for (event_index at = 0; at < given.observed.events.size(); ++at) {
    const history::event& what = given.event(at);
    if (at == given.seen.quiescent || at == given.seen.deadline) break;
    if (what.text != where.name) continue;
    if (what.kind == history::event_kind::run_go && found.released == absent) found.released = at;
    if (what.kind != history::event_kind::run_barrier) continue;
    const auto member = std::ranges::find(where.members, what.actor);
    if (member == where.members.end()) continue;
    event_index& slot = found.came[static_cast<std::size_t>(member - where.members.begin())];
    slot = std::min(slot, at);
  }
  return found;
}

/// Must this member come to its barrier? Those that are to be cancelled or leave may miss it.
bool must_come(const context& given, std::uint32_t member) {
  const client_view& view = given.seen.clients[member];
  return given.client(member).expect.ends == plan::ending::exits && view.header != absent && !view.left_before_exit() &&
         view.bad_bytes == absent;
}

std::vector<event_index> witness_of(const meeting& found, event_index last) {
  std::vector<event_index> witness;
  for (const event_index at : found.came) {
    if (at != absent) witness.push_back(at);
  }
  if (last != absent) witness.push_back(last);
  std::ranges::sort(witness);
  return witness;
}

/// One that did not come: is it certain that it never will?
verdict judge_missing(const context& given, const barrier& where, const meeting& found, std::uint32_t member) {
  const views& seen = given.seen;
  const plan::client& who = given.client(member);
  const auto detail = quoted(who) + " has not come to barrier \"" + where.name + '"';
  if (found.released != absent)
    return failed(reason::not_overlapping, detail + " when it opened", witness_of(found, found.released));
  if (seen.quiescent != absent)
    return failed(reason::not_overlapping, detail + ", where others wait", witness_of(found, seen.quiescent));
  if (seen.deadline == absent) return found_nothing(false);
  const bool bound_broken =
      who.expect.within_ms > 0 && given.elapsed_ms(seen.clients[member].header, seen.deadline) > who.expect.within_ms;
  if (bound_broken)
    return failed(reason::not_overlapping, detail + " within its bound", witness_of(found, seen.deadline));
  return unsure(reason::deadline, detail, witness_of(found, seen.deadline));
}

verdict judge_barrier(const context& given, const barrier& where) {
  const meeting found = meeting_at(given, where);
  const bool anybody = std::ranges::any_of(found.came, [](event_index at) { return at != absent; });
  if (!anybody || given.seen.daemon_ended != absent) return found_nothing(false);
  for (std::size_t i = 0; i < where.members.size(); ++i) {
    const std::uint32_t member = where.members[i];
    const client_view& view = given.seen.clients[member];
    if (!must_come(given, member)) continue;
    if (found.came[i] > found.released || found.came[i] == absent) {
      verdict one = judge_missing(given, where, found, member);
      if (one.result != outcome::not_exercised) return one;
    } else if (view.exit < found.released) {
      return failed(reason::not_overlapping,
                    quoted(given.client(member)) + " had its `X` before barrier \"" + where.name + "\" opened",
                    witness_of(found, view.exit));
    }
  }
  return found_nothing(found.released != absent);
}

}  // namespace

verdict judge_overlap(const context& given) {
  bool looked = false;
  verdict doubt;
  for (const barrier& where : given.intended.barriers) {
    if (where.members.size() < 2) continue;
    verdict one = judge_barrier(given, where);
    if (one.result == outcome::fail) return one;
    looked |= one.result == outcome::pass;
    if (one.result == outcome::unknown && doubt.result != outcome::unknown) doubt = std::move(one);
  }
  return doubt.result == outcome::unknown ? doubt : found_nothing(looked);
}

}  // namespace nailbiter::check
