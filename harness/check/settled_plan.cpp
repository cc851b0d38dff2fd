#include "harness/check/settled_plan.hpp"

#include <algorithm>

#include "harness/check/views.hpp"
#include "harness/wire/exit_payload.hpp"

namespace nailbiter::check {
namespace {

using plan::ending;

bool is_open(ending how) noexcept { return how == ending::served_or_refused || how == ending::turned_away; }

/// A run has begun: it said so, it wrote to stdout, or its code says so.
bool was_served(const history::history& observed, const client_view& view, std::int32_t own_code) {
  if (view.hello != absent) return true;
  const auto is_output = [&](std::uint32_t at) { return observed.events[at].type == '1'; };
  if (std::ranges::any_of(view.chunks, is_output)) return true;
  if (view.exit == absent) return false;
  const auto code = wire::parse_exit(observed.events[view.exit].text);
  return code == 0 || code == own_code;
}

ending settled_ending(const plan::expectation& expect, const history::history& observed, const client_view& view) {
  const bool may_be_served = expect.ends == ending::served_or_refused;
  if (was_served(observed, view, expect.exit_code.value_or(0))) return may_be_served ? ending::exits : ending::refused;
  // An answer that has begun is owed its end.
  const bool came_to_nothing = view.connect_failed != absent || (view.ended != absent && view.chunks.empty());
  return came_to_nothing ? ending::no_answer : ending::refused;
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
    expect.ends = settled_ending(expect, observed, seen.clients[i]);
    if (expect.ends == ending::exits) {
      expect.stdout_is_prefix = expect.stderr_is_prefix = false;
    } else {
      expect.exit_code.reset();
    }
  }
  return what;
}

}  // namespace nailbiter::check
