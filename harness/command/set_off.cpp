#include "harness/command/set_off.hpp"

#include <algorithm>

#include "harness/actor/setting.hpp"

namespace nailbiter::command {
namespace {

/// The last event of the witness that a client or its run has seen.
const history::event* witnessed(const execution& failing, std::size_t& place) {
  const history::event* last = nullptr;
  for (const std::size_t each : failing.result.summary.witness) {
    const auto& events = failing.result.observed.events;
    if (each >= events.size() || events[each].actor == history::no_actor) continue;
    last = &events[each];
    place = each;
  }
  return last;
}

/// Of a session of the daemon, or of the daemon itself.
bool is_in_daemon(const execution& done, const step_owners& owners, std::size_t step) {
  const auto strand = done.record.steps[step].strand;
  return !owners.way_of(strand) && strand != explore::clock_strand && done.record.strands[strand].session < actor::control_session;
}

/// `step` if it is the clock's or in another session, or what set it off if it is the daemon's own.
std::optional<std::size_t> from_outside(const execution& done, const step_owners& owners, std::size_t step, std::size_t client) {
  if (step >= done.origins.size()) return std::nullopt;
  const auto strand = done.record.steps[step].strand;
  if (strand == explore::clock_strand) return step;
  if (!is_in_daemon(done, owners, step)) return std::nullopt;
  const auto whose = client_of_step(done, owners, step);
  if (whose) return *whose != client ? std::optional(step) : std::nullopt;
  const std::size_t before = done.origins[step];
  return before < done.origins.size() && done.record.steps[before].strand == explore::clock_strand ? std::optional(before) : std::nullopt;
}

}  // namespace

std::optional<std::size_t> client_of_step(const execution& done, const step_owners& owners, std::size_t step) {
  const auto strand = done.record.steps[step].strand;
  const auto way = owners.way_of(strand);
  return owners.client_of(way ? way->session : done.record.strands[strand].session);
}

std::optional<std::size_t> set_off_by(const execution& failing, const step_owners& owners) {
  std::size_t place = 0;
  const history::event* const seen = witnessed(failing, place);
  if (seen == nullptr) return std::nullopt;
  const auto after = std::ranges::upper_bound(failing.events_after, place);
  auto step = std::min(static_cast<std::size_t>(after - failing.events_after.begin()) + 1, failing.origins.size());
  while (step-- > 0) {
    if (!is_in_daemon(failing, owners, step) || client_of_step(failing, owners, step) != seen->actor) continue;
    if (const auto from = from_outside(failing, owners, failing.origins[step], seen->actor)) return from;
  }
  return std::nullopt;
}

}  // namespace nailbiter::command
