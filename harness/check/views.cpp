#include "harness/check/views.hpp"

#include <string_view>

namespace nailbiter::check {
namespace {

using history::event;
using history::event_kind;

void keep_first(event_index& slot, event_index at) noexcept {
  if (slot == absent) slot = at;
}

void note_act(client_view& seen, event_index at) noexcept {
  if (seen.exit == absent) seen.last_act = at;
}

/// What the client set about doing; waits and turns of the reader are no acts.
void note_op(client_view& seen, event_index at, std::string_view op) {
  if (op.starts_with("until") || op.ends_with("-reading") || plan::stops_daemon(op)) return;
  note_act(seen, at);
  if (op == "kill") keep_first(seen.left, at);
  if (op == "stop" || op.starts_with("send") || op == "end-stdin") keep_first(seen.provoked, at);
  if (op.starts_with("send")) seen.raw_sends = true;
}

void note_sent(client_view& seen, event_index at, const event& what, std::uint64_t stdin_chunk_bytes) {
  keep_first(seen.sent, at);
  note_act(seen, at);
  if (what.kind == event_kind::sent_header) keep_first(seen.header, at);
  if (what.kind == event_kind::sent_bytes) seen.raw_sends = true;
  if (what.kind != event_kind::sent_chunk || what.type != '0') return;
  // An endless stdin may be recorded many chunks at a time.
  const auto bytes = static_cast<std::uint64_t>(what.number);
  seen.stdin_chunks +=
      stdin_chunk_bytes == 0 || bytes <= stdin_chunk_bytes ? 1 : (bytes + stdin_chunk_bytes - 1) / stdin_chunk_bytes;
}

void note_chunk(client_view& seen, event_index at, const event& what) noexcept {
  seen.last_chunk = at;
  if (what.type == 'X') keep_first(seen.exit, at);
  if (what.type == 'S') ++seen.grants;
}

void note_terminal(client_view& seen, event_index& slot, event_index at) noexcept {
  keep_first(slot, at);
  keep_first(seen.terminal, at);
  seen.last_terminal = at;
  ++seen.terminals;
}

void note_client(client_view& seen, event_index at, const event& what, const plan::client& who) {
  switch (what.kind) {
    case event_kind::connected:
      keep_first(seen.connected, at);
      break;
    case event_kind::connect_failed:
      keep_first(seen.connect_failed, at);
      break;
    case event_kind::sent_header:
    case event_kind::sent_chunk:
    case event_kind::sent_bytes:
      note_sent(seen, at, what, who.stdin_chunk_bytes);
      break;
    case event_kind::half_closed:
      note_act(seen, at);
      keep_first(seen.half_closed, at);
      break;
    case event_kind::closed:
    case event_kind::reset:
      if (seen.ended == absent) note_act(seen, at);
      keep_first(seen.left, at);
      break;
    case event_kind::op_begun:
      note_op(seen, at, what.text);
      break;
    case event_kind::received_chunk:
      note_chunk(seen, at, what);
      break;
    case event_kind::received_bad_bytes:
      keep_first(seen.bad_bytes, at);
      break;
    case event_kind::received_end:
    case event_kind::received_reset:
      keep_first(seen.ended, at);
      break;
    case event_kind::run_hello:
      ++seen.hellos;
      keep_first(seen.hello, at);
      break;
    case event_kind::run_cancelled:
      keep_first(seen.cancelled, at);
      break;
    case event_kind::run_exit:
      note_terminal(seen, seen.run_exit, at);
      break;
    case event_kind::run_lost:
      note_terminal(seen, seen.run_lost, at);
      break;
    case event_kind::client_finished:
      keep_first(seen.finished, at);
      break;
    default:
      break;
  }
}

void share_out_chunks(views& seen, const history::history& observed, const std::vector<std::uint32_t>& counts,
                      event_index end) {
  std::size_t total = 0;
  std::vector<std::size_t> next(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) next[i] = total, total += counts[i];
  seen.chunk_order.resize(total);
  for (std::size_t i = 0; i < counts.size(); ++i)
    seen.clients[i].chunks = std::span(seen.chunk_order).subspan(next[i], counts[i]);
  for (event_index at = 0; at < end; ++at) {
    const event& what = observed.events[at];
    if (what.kind == event_kind::received_chunk && what.actor < next.size())
      seen.chunk_order[next[what.actor]++] = static_cast<std::uint32_t>(at);
  }
}

}  // namespace

views views_of(const history::history& observed) {
  views seen;
  seen.clients.resize(observed.what.clients.size());
  std::vector<std::uint32_t> counts(seen.clients.size());
  event_index at = 0;
  for (; at < observed.events.size() && seen.deadline == absent && seen.quiescent == absent; ++at) {
    const event& what = observed.events[at];
    if (what.kind == event_kind::op_begun && plan::stops_daemon(what.text)) keep_first(seen.stop_asked, at);
    if (what.actor < seen.clients.size()) {
      note_client(seen.clients[what.actor], at, what, observed.what.clients[what.actor]);
      counts[what.actor] += what.kind == event_kind::received_chunk;
    } else if (what.kind == event_kind::quiescent || what.kind == event_kind::no_progress) {
      seen.quiescent = at;
    } else if (what.kind == event_kind::deadline_passed) {
      seen.deadline = at;
    } else if (what.kind == event_kind::daemon_ended) {
      keep_first(seen.stop_asked != absent && what.number == 0 ? seen.daemon_stopped : seen.daemon_ended, at);
    }
  }
  share_out_chunks(seen, observed, counts, at);
  // A daemon that was asked to stop is waited for when all else has ended.
  for (; at < observed.events.size() && seen.stop_asked != absent; ++at) {
    const event& what = observed.events[at];
    if (what.kind == event_kind::daemon_ended && what.number == 0) keep_first(seen.daemon_stopped, at);
  }
  return seen;
}

}  // namespace nailbiter::check
