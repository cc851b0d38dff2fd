#include "harness/command/step_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "harness/plan/c_escape.hpp"

namespace nailbiter::command {
namespace {

using history::event_kind;
using naild::task::session_part;
using naild::task::step_kind;

constexpr std::uint8_t part_of(session_part part) { return static_cast<std::uint8_t>(0x80u + static_cast<std::uint8_t>(part)); }

struct event_words {
  event_kind kind;
  const char* words;  // {}: the client
};

/// What a reader looks for first: a step that did several of these is named by the last.
constexpr std::array told_events{
    event_words{event_kind::connected, "{}'s connect"},
    event_words{event_kind::sent_header, "{}'s header"},
    event_words{event_kind::half_closed, "{}'s half-close"},
    event_words{event_kind::closed, "{}'s close"},
    event_words{event_kind::reset, "{}'s reset"},
    event_words{event_kind::sent_bytes, "{}'s raw bytes"},
    event_words{event_kind::received_end, "{}'s end of input"},
    event_words{event_kind::received_reset, "{}'s reset by the daemon"},
    event_words{event_kind::run_hello, "the report that {}'s run has begun"},
    event_words{event_kind::run_at, "the report that {}'s run waits for its token"},
    event_words{event_kind::run_barrier, "the report that {}'s run is at its barrier"},
    event_words{event_kind::run_blocked, "the report that {}'s run blocks"},
    event_words{event_kind::run_cancelled, "the report that {}'s run is cancelled"},
    event_words{event_kind::run_exit, "the report that {}'s run ends"},
    event_words{event_kind::run_go, "the order that {}'s run may go on"},
};

std::optional<std::string> words_of(const history::event& what, const std::string& whose) {
  if (what.kind == event_kind::received_chunk) {
    if (what.type == 'X') return whose + "'s receipt of its exit";
    if (what.type == 'S') return whose + "'s receipt of a grant of stdin";
    return fmt::format("{}'s receipt of {}", whose, what.type == '1' ? "stdout" : what.type == '2' ? "stderr" : "a chunk");
  }
  if (what.kind == event_kind::sent_chunk) {
    if (what.type == '.') return whose + "'s end of stdin";
    if (what.type == 'H') return whose + "'s heartbeat";
    return fmt::format("{}'s chunk '{}'", whose, plan::escaped(std::string_view(&what.type, 1)));
  }
  for (const auto& each : told_events) {
    if (each.kind == what.kind) return fmt::format(fmt::runtime(each.words), whose);
  }
  return std::nullopt;
}

std::string or_bytes(const std::string& carried) { return carried.empty() ? std::string("bytes") : carried; }

}  // namespace

step_words::step_words(const plan::plan& what, const execution& done) : what_(what), done_(done), owners_(what, done), carried_(done, owners_) {}

bool step_words::is_first_of_strand(std::size_t step) const {
  const auto& steps = done_.record.steps;
  const auto end = steps.begin() + static_cast<std::ptrdiff_t>(step);
  return std::none_of(steps.begin(), end, [strand = steps[step].strand](const auto& before) { return before.strand == strand; });
}

std::optional<std::string> step_words::witnessed(std::size_t step) const {
  const std::size_t end = step < done_.events_after.size() ? done_.events_after[step] : 0;
  const std::size_t begin = step == 0 || end == 0 ? 0 : done_.events_after[step - 1];
  for (std::size_t i = std::min(end, done_.result.observed.events.size()); i-- > begin;) {
    const auto& event = done_.result.observed.events[i];
    if (event.actor >= what_.clients.size()) continue;
    if (auto words = words_of(event, what_.clients[event.actor].name)) return words;
  }
  return std::nullopt;
}

std::string step_words::of_network(std::size_t step, const step_owners::way& way) const {
  const auto whose = owners_.name_of(way.session);
  if (way.is_control) return way.to_listener ? fmt::format("the arrival of a report of {}'s puppet", whose) : fmt::format("the arrival of an order at {}'s puppet", whose);
  const auto what = fmt::format("the arrival of {}'s {}", whose, or_bytes(carried_.of(step)));
  if (way.to_listener) return what + " at the daemon";
  return carried_.of(step).empty() ? fmt::format("the arrival of the daemon's bytes at {}", whose) : what + " at its client";
}

// The clock's step makes a timer's step runnable: the next one, unless the clock moves again before.
std::string step_words::of_clock(std::size_t step) const {
  const auto& steps = done_.record.steps;
  for (std::size_t i = step + 1; i < steps.size() && steps[i].strand != explore::clock_strand; ++i) {
    if (steps[i].kind != step_kind::timer) continue;
    const auto& strand = done_.record.strands[steps[i].strand];
    return fmt::format("the firing of a timer of {}{}", owners_.name_of(strand.session), strand.name == "session" ? "'s session" : "");
  }
  return "the firing of a timer";
}

std::optional<std::string> step_words::of_session(std::size_t step, const std::string& whose) const {
  const auto& what = done_.record.steps[step];
  if (!carried_.written(step).empty()) return fmt::format("the writing of the {} to {}", carried_.written(step), whose);
  const bool reads = what.part == part_of(session_part::wire_in) && !carried_.of(step).empty();
  if (carried_.begins_write(step) && !reads) return fmt::format("the writing of bytes to {}", whose);
  if (what.kind == step_kind::write && what.part == part_of(session_part::wire_out)) return fmt::format("the end of a write to {}", whose);
  if (what.part == part_of(session_part::wire_in)) {
    return fmt::format("the daemon's {} of {}'s {}", what.kind == step_kind::read ? "reading" : "notice", whose, or_bytes(carried_.of(step)));
  }
  if (what.part == part_of(session_part::control)) {
    if (what.kind == step_kind::read) return fmt::format("the reading of an order by {}'s puppet", whose);
    if (what.kind == step_kind::write) return fmt::format("the end of a report by {}'s puppet", whose);
  }
  if (what.kind == step_kind::spawn && is_first_of_strand(step)) return fmt::format("the start of {}'s session", whose);
  if (what.kind == step_kind::timer) return fmt::format("a timer of {}'s session", whose);
  return std::nullopt;
}

std::optional<std::string> step_words::told(std::size_t step) const {
  if (auto event = witnessed(step)) return event;
  const auto& recorded = done_.record.steps[step];
  const auto& strand = done_.record.strands[recorded.strand];
  if (recorded.strand == explore::clock_strand) return of_clock(step);
  if (const auto way = owners_.way_of(recorded.strand)) return of_network(step, *way);
  const auto whose = owners_.name_of(strand.session);
  if (strand.name == "control") return "work of " + whose;
  if (strand.name == "daemon") return recorded.kind == step_kind::accept ? "the daemon's accept" : "the daemon's own work";
  if (strand.name == "client") {
    if (recorded.kind == step_kind::read) return fmt::format("{}'s read", whose);
    if (recorded.kind == step_kind::write) return fmt::format("{}'s write", whose);
    return is_first_of_strand(step) ? fmt::format("{}'s start", whose) : fmt::format("{}'s own work", whose);
  }
  if (strand.name == "session") return of_session(step, whose);
  return std::nullopt;
}

std::string step_words::vague(std::size_t step) const {
  const auto& recorded = done_.record.steps[step];
  const auto& strand = done_.record.strands[recorded.strand];
  // A child process has a session of its own: whose it is says what it touches.
  const auto use = std::ranges::lower_bound(done_.steps_of_uses, step);
  const bool is_used = use != done_.steps_of_uses.end() && *use == step;
  const auto resource = is_used ? done_.uses[static_cast<std::size_t>(use - done_.steps_of_uses.begin())].resource : 0u;
  const auto whose = owners_.name_of(resource < 0x100u ? strand.session : (resource - 0x100u) / 16u);
  if (strand.name == "child") return fmt::format("work of {}'s child process", whose);
  if (strand.name == "exit") return fmt::format("the end of {}'s child process", whose);
  const bool is_output = recorded.part == part_of(session_part::output_queue);
  const bool is_stdin = recorded.part == part_of(session_part::stdin_pipe);
  const auto at = is_output ? " at its output queue" : is_stdin ? " at its stdin" : "";
  return fmt::format("a step {}{}'s run{}", strand.name == "session" ? "of " : "beside the session, for ", whose, at);
}

/// What the strand of a step did last before it (-1) or first after it (1), of what can be told.
std::optional<std::string> step_words::beside(std::size_t step, int direction) const {
  const auto& steps = done_.record.steps;
  for (std::size_t i = step + static_cast<std::size_t>(direction); i < steps.size(); i += static_cast<std::size_t>(direction)) {
    if (steps[i].strand != steps[step].strand) continue;
    if (auto words = told(i)) return words;
  }
  return std::nullopt;
}

std::string step_words::in_place(std::size_t step) const {
  if (auto words = told(step)) return *words;
  const auto before = beside(step, -1);
  const auto after = beside(step, 1);
  const auto what = vague(step);
  if (!before && step < done_.origins.size() && done_.origins[step] < step) {
    if (const auto by = told(done_.origins[step])) return fmt::format("{} (set off by {})", what, *by);
  }
  if (before && after) return fmt::format("{} (between {} and {})", what, *before, *after);
  if (before) return fmt::format("{} (after {})", what, *before);
  return after ? fmt::format("{} (before {})", what, *after) : what;
}

std::string step_words::of_step(std::size_t step) const {
  auto words = told(step);
  return words ? std::move(*words) : vague(step);
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
