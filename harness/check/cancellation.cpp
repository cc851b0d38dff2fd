#include <algorithm>
#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

using plan::ending;

/// What cancels the run: the client left, or half-closed; else its slip; else the last thing that it did (then
/// silence).
event_index cause_of(const client_view& view, const expected_client& intended) {
  const event_index gone = std::min(view.half_closed, view.left_before_exit() ? view.left : absent);
  if (gone != absent) return gone < view.exit ? gone : absent;
  if (view.provoked != absent) return view.provoked;
  if (intended.leaves || view.last_act == view.header) return absent;
  return view.last_act;
}

/// The first sign after its cause that the cancel has reached the run.
event_index effect_of(const client_view& view, event_index cause) {
  event_index first = absent;
  for (const event_index at : {view.cancelled, view.terminal, view.last_terminal, view.exit}) {
    if (at != absent && at > cause) first = std::min(first, at);
  }
  return first;
}

verdict judge_missing(const context& given, std::size_t index, event_index cause) {
  const views& seen = given.seen;
  const plan::client& who = given.client(index);
  const event_index hello = seen.clients[index].hello;
  // Without a puppet's word nobody can see a run whose client has left.
  if (hello == absent || seen.daemon_ended != absent) return found_nothing(false);
  std::vector<event_index> witness{hello, cause};
  if (seen.deadline != absent) {
    witness.push_back(seen.deadline);
    const auto waited = given.elapsed_ms(cause, seen.deadline);
    const auto detail = "the run of " + quoted(who) + " goes on " + std::to_string(waited) + " ms after its cancel";
    const bool is_late = who.expect.within_ms > 0 && waited > who.expect.within_ms;
    return is_late ? failed(reason::not_cancelled, detail, std::move(witness))
                   : unsure(reason::deadline, detail, std::move(witness));
  }
  if (seen.quiescent != absent) witness.push_back(seen.quiescent);
  return failed(reason::not_cancelled, "the run of " + quoted(who) + " never ended after its cancel",
                std::move(witness));
}

/// A run that was to be cancelled.
verdict judge_victim(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  const plan::client& who = given.client(index);
  const event_index cause = cause_of(view, given.intended.clients[index]);
  if (cause == absent || view.bad_bytes != absent) return found_nothing(false);
  const bool was_over = view.terminal < cause && view.terminals >= view.hellos;
  if (was_over) return found_nothing(true);
  const event_index effect = effect_of(view, cause);
  if (effect == absent) return judge_missing(given, index, cause);
  const auto took = given.elapsed_ms(cause, effect);
  if (who.expect.within_ms == 0 || took <= who.expect.within_ms) return found_nothing(true);
  const auto detail = "the run of " + quoted(who) + " took " + std::to_string(took) + " ms to be cancelled, " +
                      std::to_string(who.expect.within_ms) + " are allowed";
  return failed(reason::not_cancelled, detail, {cause, effect});
}

/// A run that was to end by itself.
verdict judge_bystander(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  if (view.cancelled == absent) return found_nothing(view.hello != absent);
  const bool gave_cause = view.half_closed < view.exit || view.left_before_exit() || view.provoked != absent ||
                          view.ended < view.exit || view.bad_bytes != absent || given.seen.daemon_ended != absent;
  if (gave_cause) return found_nothing(false);
  return failed(reason::cancelled_for_another,
                "the run of " + quoted(given.client(index)) + " was cancelled, and its client had done nothing",
                {view.cancelled});
}

}  // namespace

verdict judge_cancellation(const context& given) {
  // Bystanders first: where a cancel has reached another run, its own goes on too, and says less.
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    if (given.client(i).expect.ends != ending::exits) continue;
    verdict one = judge_bystander(given, i);
    if (one.result == outcome::fail) return one;
  }
  bool looked = false;
  verdict doubt;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    if (given.client(i).expect.ends != ending::cancelled) continue;
    verdict one = judge_victim(given, i);
    if (one.result == outcome::fail) return one;
    looked |= one.result == outcome::pass;
    if (one.result == outcome::unknown && doubt.result != outcome::unknown) doubt = std::move(one);
  }
  return doubt.result == outcome::unknown ? doubt : found_nothing(looked);
}

}  // namespace nailbiter::check
