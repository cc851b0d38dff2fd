#include "harness/command/carried_bytes.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/core.h>

#include "harness/plan/c_escape.hpp"

namespace nailbiter::command {
namespace {

using history::event;
using history::event_kind;
using naild::task::session_part;
using naild::task::step_kind;
using words = std::vector<std::string>;

constexpr std::uint8_t part_of(session_part part) { return static_cast<std::uint8_t>(0x80u + static_cast<std::uint8_t>(part)); }

std::optional<std::string> sent_words(const event& what) {
  switch (what.kind) {
    case event_kind::sent_header: return "header";
    case event_kind::sent_bytes: return "raw bytes";
    case event_kind::half_closed: return "half-close";
    case event_kind::closed: return "close";
    case event_kind::reset: return "reset";
    case event_kind::sent_chunk: break;
    default: return std::nullopt;
  }
  switch (what.type) {
    case '0': return "stdin";
    case '.': return "end of stdin";
    case 'H': return "heartbeat";
    default: return fmt::format("chunk '{}'", plan::escaped(std::string_view(&what.type, 1)));
  }
}

std::optional<std::string> received_words(const event& what) {
  switch (what.kind) {
    case event_kind::received_end: return "end of the connection";
    case event_kind::received_reset: return "reset by the daemon";
    case event_kind::received_chunk: break;
    default: return std::nullopt;
  }
  switch (what.type) {
    case 'S': return "grant of stdin";
    case '1': return "stdout";
    case '2': return "stderr";
    case 'X': return "exit";
    default: return fmt::format("chunk '{}'", plan::escaped(std::string_view(&what.type, 1)));
  }
}

void add_once(words& all, std::string word) {
  if (std::ranges::find(all, word) == all.end()) all.push_back(std::move(word));
}

/// "a", "a and b", "a, b and c"
std::string joined(const words& all) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) out += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i];
  return out;
}

/// Events of the history before this step and after it.
std::size_t events_before(const execution& done, std::size_t step) { return step == 0 ? 0 : done.events_after[step - 1]; }

}  // namespace

carried_bytes::carried_bytes(const execution& done, const step_owners& owners)
    : words_(done.record.steps.size()), written_(done.record.steps.size()), begins_write_(done.record.steps.size()) {
  if (done.events_after.size() < done.record.steps.size()) return;
  find_writes(done);
  tell_sent(done, owners);
  tell_received(done, owners);
}

// A step that ends a write names the wire once; each write that a step begins names it once more.
void carried_bytes::find_writes(const execution& done) {
  std::map<std::size_t, std::size_t> named;
  for (std::size_t i = 0; i < done.uses.size(); ++i) {
    const auto& use = done.uses[i];
    if (use.strand == "session" && explore::part_of(use.resource) == part_of(session_part::wire_out)) ++named[done.steps_of_uses[i]];
  }
  for (const auto& [step, times] : named) {
    const auto& what = done.record.steps[step];
    begins_write_[step] = times > (what.part == part_of(session_part::wire_out) ? 1u : 0u);
  }
}

void carried_bytes::tell_sent(const execution& done, const step_owners& owners) {
  struct state {
    std::size_t seen = 0;  // events that have been told of
    words unread;          // of what has arrived
  };
  std::map<std::size_t, state> clients;
  const auto& events = done.result.observed.events;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const auto& step = done.record.steps[i];
    if (const auto way = owners.way_of(step.strand)) {
      const auto client = owners.client_of(way->session);
      if (!client || way->is_control || !way->to_listener) continue;
      words arrived;
      state& known = clients[*client];
      // A client notes what it has sent when its write has ended, which may be after the arrival.
      for (std::size_t next = known.seen; next < events.size() && (next < events_before(done, i) || arrived.empty()); ++next) {
        const auto word = events[next].actor == *client ? sent_words(events[next]) : std::nullopt;
        if (word) add_once(arrived, *word);
        known.seen = next + 1;
      }
      for (const auto& word : arrived) add_once(known.unread, word);
      words_[i] = joined(arrived);
    } else if (done.record.strands[step.strand].name == "session" && step.part == part_of(session_part::wire_in)) {
      const auto client = owners.client_of(done.record.strands[step.strand].session);
      if (!client) continue;
      words_[i] = joined(clients[*client].unread);
      if (step.kind == step_kind::read) clients[*client].unread.clear();
    }
  }
}

void carried_bytes::tell_received(const execution& done, const step_owners& owners) {
  struct state {
    std::optional<std::size_t> arrival;  // the next one
    std::optional<std::size_t> write;    // before it
  };
  std::map<std::size_t, state> clients;
  const auto& events = done.result.observed.events;
  // From the end: what a client receives after an arrival and before the next is what arrived.
  for (std::size_t i = words_.size(); i-- > 0;) {
    const auto& step = done.record.steps[i];
    const auto& strand = done.record.strands[step.strand];
    if (const auto way = owners.way_of(step.strand)) {
      const auto client = owners.client_of(way->session);
      if (!client || way->is_control || way->to_listener) continue;
      state& known = clients[*client];
      words arrived;
      const std::size_t end = known.arrival ? events_before(done, *known.arrival) : events.size();
      for (std::size_t event = events_before(done, i); event < end; ++event) {
        if (events[event].actor != *client) continue;
        if (const auto word = received_words(events[event])) add_once(arrived, *word);
      }
      // Nothing was read of this one alone: the words of the next are those of both.
      if (arrived.empty() && known.arrival) words_[*known.arrival].clear();
      if (arrived.size() > 1) std::erase(arrived, "end of the connection");
      words_[i] = joined(arrived);
      known = {.arrival = i, .write = std::nullopt};
    } else if (begins_write_[i]) {
      const auto client = owners.client_of(strand.session);
      if (!client || !clients[*client].arrival) continue;
      state& known = clients[*client];
      if (known.write) {
        written_[*known.write].clear();  // two writes that may have arrived together
      } else {
        written_[i] = words_[*known.arrival];
      }
      known.write = i;
    }
  }
}

}  // namespace nailbiter::command
