#include "harness/command/step_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/core.h>

#include "harness/actor/setting.hpp"
#include "harness/explore/calm_order.hpp"
#include "harness/plan/c_escape.hpp"

namespace nailbiter::command {
namespace {

using history::event_kind;
using naild::task::session_part;
using naild::task::step_kind;

constexpr std::uint8_t part_of(session_part part) { return static_cast<std::uint8_t>(0x80u + static_cast<std::uint8_t>(part)); }

/// The session that a resource belongs to; 0 = none.
std::uint32_t owner_of(naild::task::resource_id resource) { return resource < 0x100u ? 0 : (resource - 0x100u) / 16u; }

struct event_words {
  event_kind kind;
  const char* words;  // after "NAME's "
};

/// What a reader looks for first: a step that did several of these is named by the last.
constexpr std::array told_events{
    event_words{event_kind::connected, "connect"},        event_words{event_kind::sent_header, "header"},
    event_words{event_kind::half_closed, "half-close"},   event_words{event_kind::closed, "close"},
    event_words{event_kind::reset, "reset"},              event_words{event_kind::sent_bytes, "raw bytes"},
    event_words{event_kind::received_end, "end of input"},event_words{event_kind::received_reset, "reset by the daemon"},
    event_words{event_kind::run_hello, "run's start"},    event_words{event_kind::run_at, "run's report of its token"},
    event_words{event_kind::run_barrier, "run's barrier"},event_words{event_kind::run_blocked, "run's block"},
    event_words{event_kind::run_cancelled, "run's cancel"},event_words{event_kind::run_exit, "run's end"},
    event_words{event_kind::run_go, "release by its client"},
};

std::optional<std::string> words_of(const history::event& what) {
  if (what.kind == event_kind::received_chunk) {
    if (what.type == 'X') return "receipt of its exit";
    if (what.type == 'S') return "receipt of a grant of stdin";
    return fmt::format("receipt of {}", what.type == '1' ? "stdout" : what.type == '2' ? "stderr" : "a chunk");
  }
  if (what.kind == event_kind::sent_chunk) return fmt::format("chunk '{}'", plan::escaped(std::string_view(&what.type, 1)));
  for (const auto& each : told_events) {
    if (each.kind == what.kind) return each.words;
  }
  return std::nullopt;
}

}  // namespace

// The network serves connections in the order in which clients connect, and a client connects in its first step; so the
// n-th client to start is the daemon's session n.
step_words::step_words(const plan::plan& what, const execution& done) : what_(what), done_(done) {
  for (const auto& step : done.record.steps) {
    const auto& strand = done.record.strands[step.strand];
    const std::size_t client = strand.session - actor::actor_session(0);
    if (strand.name == "client" && step.kind == step_kind::spawn && client < what.clients.size()) {
      clients_.emplace(static_cast<std::uint32_t>(clients_.size() + 1), client);
    }
  }
  for (std::size_t i = 0; i < done.uses.size(); ++i) {
    const auto strand = done.record.steps[done.steps_of_uses[i]].strand;
    if (done.uses[i].strand == "network") peers_[strand] = owner_of(done.uses[i].resource);
  }
}

std::string step_words::name_of(std::uint32_t session) const {
  if (session == actor::control_session) return "the puppets' control server";
  const std::size_t actor = session - actor::actor_session(0);
  if (session >= actor::actor_session(0) && actor < what_.clients.size()) return what_.clients[actor].name;
  const auto found = clients_.find(session);
  return found == clients_.end() ? std::string("the daemon") : what_.clients[found->second].name;
}

bool step_words::are_of_two_clients(std::size_t one, std::size_t other) const {
  const auto client = [this](std::size_t step) -> std::optional<std::size_t> {
    const std::uint32_t session = done_.record.strands[done_.record.steps[step].strand].session;
    if (session >= actor::actor_session(0)) return session - actor::actor_session(0);
    const auto found = clients_.find(session);
    return found == clients_.end() ? std::nullopt : std::optional(found->second);
  };
  const auto first = client(one);
  const auto second = client(other);
  return first && second && *first != *second;
}

bool step_words::is_witnessed(std::size_t step) const { return !event_of(step).empty(); }

bool step_words::is_first_of_strand(std::size_t step) const {
  const auto& steps = done_.record.steps;
  const auto end = steps.begin() + static_cast<std::ptrdiff_t>(step);
  return std::none_of(steps.begin(), end, [strand = steps[step].strand](const auto& before) { return before.strand == strand; });
}

std::string step_words::event_of(std::size_t step) const {
  const std::size_t end = step < done_.events_after.size() ? done_.events_after[step] : 0;
  const std::size_t begin = step == 0 || end == 0 ? 0 : done_.events_after[step - 1];
  for (std::size_t i = std::min(end, done_.result.observed.events.size()); i-- > begin;) {
    const auto& what = done_.result.observed.events[i];
    const auto words = words_of(what);
    if (words && what.actor < what_.clients.size()) return fmt::format("{}'s {}", what_.clients[what.actor].name, *words);
  }
  return {};
}

std::string step_words::told(std::size_t step, std::uint32_t session, step_kind kind, std::uint8_t part) const {
  if (auto event = event_of(step); !event.empty()) return event;
  const auto& recorded = done_.record.steps[step];
  const auto& strand = done_.record.strands[recorded.strand];
  if (strand.name == "clock") return "a timer";
  if (strand.name == "network") {
    const auto peer = peers_.find(recorded.strand);
    const auto whose = name_of(peer == peers_.end() ? session : peer->second);
    const bool upward = part == part_of(session_part::wire_in) ? session < actor::control_session : session > actor::control_session;
    return part == part_of(session_part::control) ? "delivery to or from " + whose
           : upward                               ? fmt::format("arrival of {}'s bytes at the daemon", whose)
                                                  : fmt::format("arrival of the daemon's bytes at {}", whose);
  }
  const auto whose = name_of(strand.session);
  if (strand.name == "control") return "work of " + whose;
  if (strand.name == "daemon") return kind == step_kind::accept ? "the daemon's accept" : "the daemon's own work";
  if (strand.name == "child") return fmt::format("work of {}'s child process", name_of(session));
  if (strand.name == "exit") return fmt::format("end of {}'s child process", name_of(session));
  if (strand.name == "client") {
    if (kind == step_kind::read) return fmt::format("{}'s read", whose);
    if (kind == step_kind::write) return fmt::format("{}'s write", whose);
    return fmt::format("{}'s own work", whose);
  }
  switch (kind) {
    case step_kind::spawn: return is_first_of_strand(step) ? fmt::format("the start of {}'s session", whose) : fmt::format("a step of {}'s run", whose);
    case step_kind::read: return fmt::format("the daemon's read from {}", whose);
    case step_kind::write: return fmt::format("the end of the daemon's write to {}", whose);
    case step_kind::timer: return fmt::format("a timer of {}'s session", whose);
    default: break;
  }
  if (part == part_of(session_part::output_queue)) return fmt::format("the writing of {}'s queued output", whose);
  if (part == part_of(session_part::stdin_pipe)) return fmt::format("the waking of {}'s run for stdin", whose);
  return fmt::format("a step of {}'s run", whose);
}

std::string step_words::of_use(std::size_t use) const {
  const auto& what = done_.uses[use];
  return told(done_.steps_of_uses[use], owner_of(what.resource), what.kind, explore::part_of(what.resource));
}

std::string step_words::of_step(std::size_t step) const {
  // Its resource says whose it is, where it has one: a network strand serves both ends.
  const auto use = std::ranges::lower_bound(done_.steps_of_uses, step);
  if (use != done_.steps_of_uses.end() && *use == step) return of_use(static_cast<std::size_t>(use - done_.steps_of_uses.begin()));
  const auto& recorded = done_.record.steps[step];
  return told(step, done_.record.strands[recorded.strand].session, recorded.kind, recorded.part);
}

std::string step_words::all_steps() const {
  std::string out;
  const auto& steps = done_.record.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    fmt::format_to(std::back_inserter(out), "{:>6} {} | {}\n", i, explore::render_step(steps[i], done_.record.strands), of_step(i));
  }
  return out;
}

}  // namespace nailbiter::command
