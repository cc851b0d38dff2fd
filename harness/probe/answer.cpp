#include "harness/probe/answer.hpp"

#include "harness/wire/exit_payload.hpp"

namespace nailbiter::probe {
namespace {

using history::event_kind;

void take_chunk(const history::event& seen, answer& to) {
  if (to.exit_payload) return;
  switch (seen.type) {
    case '1': to.out += seen.text; break;
    case '2': to.err += seen.text; break;
    case 'S': ++to.grants; break;
    case 'X':
      to.exit_payload = seen.text;
      if (const auto code = wire::parse_exit(seen.text)) to.exit_code = *code;
      break;
    default: break;
  }
}

void take_event(const history::event& seen, answer& to) {
  switch (seen.kind) {
    case event_kind::connected: to.connected = true; break;
    case event_kind::received_chunk: take_chunk(seen, to); break;
    case event_kind::received_end:
    case event_kind::received_reset: to.closed_by_daemon = true; break;
    case event_kind::run_cancelled: to.run_cancelled = true; break;
    case event_kind::run_lost: to.run_lost = true; break;
    case event_kind::op_begun: to.op_done.push_back(false); break;
    case event_kind::op_done: to.op_done.back() = seen.text.empty(); break;
    default: break;
  }
}

}  // namespace

answer answer_of(const history::history& seen, std::uint32_t actor) {
  answer found;
  for (const history::event& one : seen.events) {
    found.stopped |= one.kind == event_kind::no_progress || one.kind == event_kind::deadline_passed;
    if (found.stopped) break;  // what follows is the harness tidying up
    if (one.actor == actor) take_event(one, found);
  }
  return found;
}

}  // namespace nailbiter::probe
