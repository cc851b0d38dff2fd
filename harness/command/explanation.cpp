#include "harness/command/explanation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/actor/setting.hpp"

namespace nailbiter::command {
namespace {

using naild::task::step_kind;

std::string owner_of(std::uint32_t session, const plan::plan& what) {
  if (session == 0) return "the daemon";
  if (session == actor::control_session) return "the control server";
  const std::size_t actor = session - actor::actor_session(0);
  if (session >= actor::actor_session(0) && actor < what.clients.size()) return fmt::format("client \"{}\"", what.clients[actor].name);
  return what.clients.size() == 1 ? fmt::format("the run of \"{}\"", what.clients[0].name) : fmt::format("session {}", session);
}

const char* verb_of(step_kind kind) {
  switch (kind) {
    case step_kind::spawn:
      return "started on";
    case step_kind::post:
      return "worked on";
    case step_kind::read:
      return "read";
    case step_kind::write:
      return "wrote to";
    case step_kind::wake:
      return "was woken on";
    case step_kind::timer:
      return "timed";
    case step_kind::deliver:
      return "delivered";
    case step_kind::accept:
      return "accepted on";
    case step_kind::connect:
      return "connected to";
    case step_kind::clock:
      return "moved";
  }
  return "used";
}

std::string told(const explore::resource_use& use, const plan::plan& what) {
  const auto owner = owner_of(use.session, what);
  const auto nth = use.nth == 0 ? std::string() : fmt::format(" (no. {})", use.nth + 1);
  return fmt::format("{}: strand '{}' {} the {}{}", owner, use.strand, verb_of(use.kind), explore::name_of(use.resource), nth);
}

/// The last decision other than 0 becomes 0; false if there is none.
template <class Values>
bool take_back_last(Values& values) {
  const auto last = std::find_if(values.rbegin(), values.rend(), [](auto value) { return value != 0; });
  if (last == values.rend()) return false;
  *last = 0;
  return true;
}

}  // namespace

std::string explain(reproduction& again, const plan::plan& what, const explore::decision_list& decisions, const execution& failing) {
  const auto& summary = failing.result.summary;
  const auto observed = fmt::format("{} ({})", check::describe(summary.why), summary.detail);
  explore::decision_list calmer = decisions;
  const bool overtakes = take_back_last(calmer.steps);
  if (!overtakes && !take_back_last(calmer.choices)) return observed + ": it fails in plain FIFO order, no schedule is needed.";
  const auto passing = again.play(what, calmer);
  if (again.is_the_same(passing.result)) return observed + ": the last preemption is not what makes it fail.";
  const char* change = overtakes ? "with the last preemption taken back" : "when the last write or read is not cut";
  auto pair = explore::first_reversed(failing.uses, passing.uses);
  if (!pair) pair = explore::first_reversed(failing.uses, passing.uses, explore::pairing::session);
  if (!pair) return fmt::format("{}: {} it passes.", observed, change);
  return fmt::format("{}: [{}] came before [{}]; {} they come the other way round and it {}.", observed, told(pair->earlier, what),
                     told(pair->later, what), change,
                     passing.result.summary.result == check::outcome::pass ? "passes" : "fails otherwise");
}

}  // namespace nailbiter::command
