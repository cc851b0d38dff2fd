#include "harness/check/settled_plan.hpp"

#include <algorithm>

#include "harness/check/views.hpp"
#include "harness/wire/exit_payload.hpp"

namespace nailbiter::check {
namespace {

using plan::ending;

bool is_open(ending how) noexcept { return how == ending::served_or_refused || how == ending::turned_away; }

/// A run has begun: it said so, it wrote to stdout, or its code says so.
bool was_served(const history::history& observed, const client_view& view) {
  if (view.hello != absent) return true;
  const auto is_output = [&](std::uint32_t at) { return observed.events[at].type == '1'; };
  if (std::ranges::any_of(view.chunks, is_output)) return true;
  return view.exit != absent && wire::parse_exit(observed.events[view.exit].text) == 0;
}

ending settled_ending(ending said, const history::history& observed, const client_view& view) {
  if (was_served(observed, view)) return said == ending::served_or_refused ? ending::exits : ending::refused;
  const bool has_ended = view.connect_failed != absent || view.ended != absent;
  return has_ended && view.exit == absent ? ending::no_answer : ending::refused;
}

}  // namespace

bool has_open_endings(const plan::plan& what) noexcept {
  return std::ranges::any_of(what.clients, [](const plan::client& who) { return is_open(who.expect.ends); });
}

plan::plan settled(plan::plan what, const history::history& observed) {
  const views seen = views_of(observed);
  for (std::size_t i = 0; i < what.clients.size() && i < seen.clients.size(); ++i) {
    plan::expectation& expect = what.clients[i].expect;
    if (!is_open(expect.ends)) continue;
    expect.ends = settled_ending(expect.ends, observed, seen.clients[i]);
    if (expect.ends == ending::exits) {
      expect.stdout_is_prefix = expect.stderr_is_prefix = false;
    } else {
      expect.exit_code.reset();
    }
  }
  return what;
}

}  // namespace nailbiter::check
