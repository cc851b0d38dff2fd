#include "harness/command/step_owners.hpp"

#include <set>

#include "harness/actor/setting.hpp"

namespace nailbiter::command {
namespace {

using naild::task::session_part;

/// The session that a resource belongs to; 0 = none.
std::uint32_t owner_of(naild::task::resource_id resource) { return resource < 0x100u ? 0 : (resource - 0x100u) / 16u; }

bool is_control(naild::task::resource_id resource) {
  return resource >= 0x100u && (resource & 0xfu) == static_cast<std::uint32_t>(session_part::control);
}

}  // namespace

// The network serves connections in the order in which clients connect, and a client connects in its first step; so the
// n-th client to start is the daemon's session n. Of the two strands of a connection the first carries what the
// connecting end writes.
step_owners::step_owners(const plan::plan& what, const execution& done) : what_(what) {
  const auto& strands = done.record.strands;
  std::set<explore::strand_id> started;  // only a client's first step connects; helpers of its own are spawned too
  for (const auto& step : done.record.steps) {
    const auto& strand = strands[step.strand];
    const std::size_t client = strand.session - actor::actor_session(0);
    if (strand.name == "client" && step.kind == naild::task::step_kind::spawn && client < what.clients.size() && started.insert(step.strand).second) {
      clients_.emplace(static_cast<std::uint32_t>(clients_.size() + 1), client);
    }
  }
  std::map<std::uint32_t, unsigned> directions;  // by connection
  for (std::size_t i = 0; i < strands.size(); ++i) {
    if (strands[i].name != "network") continue;
    ways_[static_cast<explore::strand_id>(i)] = {.to_listener = directions[strands[i].session]++ == 0};
  }
  for (std::size_t i = 0; i < done.uses.size(); ++i) {
    const auto found = ways_.find(done.record.steps[done.steps_of_uses[i]].strand);
    const auto owner = owner_of(done.uses[i].resource);
    if (found == ways_.end() || owner == 0) continue;
    found->second.is_control = found->second.is_control || is_control(done.uses[i].resource);
    if (owner != actor::control_session) found->second.session = owner;
  }
}

std::optional<step_owners::way> step_owners::way_of(explore::strand_id strand) const {
  const auto found = ways_.find(strand);
  return found == ways_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> step_owners::client_of(std::uint32_t session) const {
  const std::size_t actor = session - actor::actor_session(0);
  if (session >= actor::actor_session(0)) return actor < what_.clients.size() ? std::optional(actor) : std::nullopt;
  const auto found = clients_.find(session);
  return found == clients_.end() ? std::nullopt : std::optional(found->second);
}

std::string step_owners::name_of(std::uint32_t session) const {
  if (session == actor::control_session) return "the puppets' control server";
  const auto client = client_of(session);
  return client ? what_.clients[*client].name : std::string("the daemon");
}

}  // namespace nailbiter::command
