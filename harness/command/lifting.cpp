#include "harness/command/lifting.hpp"

#include <optional>

namespace nailbiter::command {
namespace {

using explore::act;
using history::event_kind;

constexpr std::uint64_t tokens_search_seeds = 3000;

std::optional<act::kind> kind_of(const history::event& seen, const plan::client& who) {
  switch (seen.kind) {
    case event_kind::connected: return who.header ? std::nullopt : std::optional(act::kind::starts);
    case event_kind::sent_header: return act::kind::starts;
    case event_kind::op_begun: return act::kind::begins;
    case event_kind::op_done: return seen.text.empty() ? std::optional(act::kind::ends) : std::nullopt;
    case event_kind::run_go: return explore::is_lift_token(seen.text) ? std::optional(act::kind::passes) : std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace

std::vector<act> acts_of(const history::history& observed) {
  std::vector<act> done;
  for (const auto& seen : observed.events) {
    if (seen.actor >= observed.what.clients.size()) continue;
    const auto kind = kind_of(seen, observed.what.clients[seen.actor]);
    if (!kind) continue;
    done.push_back({.what = *kind, .client = seen.actor, .token = *kind == act::kind::passes ? seen.text : std::string()});
  }
  return done;
}

lifting lift(const plan::plan& what, const explore::decision_list& decisions, reproduction& again) {
  const auto telling = explore::with_tokens(what);
  if (const auto found = again.search(telling, decisions, tokens_search_seeds)) {
    return {explore::in_this_order(what, acts_of(again.play(telling, *found).result.observed), explore::puppets::told), true};
  }
  return {explore::in_this_order(what, acts_of(again.play(what, decisions).result.observed), explore::puppets::silent), false};
}

}  // namespace nailbiter::command
