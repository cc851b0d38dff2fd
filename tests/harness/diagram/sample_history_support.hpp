#pragma once

// Two sessions that meet at a barrier, one of which leaves: one event of most kinds.

#include "harness/history/event.hpp"

namespace nailbiter::diagram {

inline history::history sample_history() {
  using history::event_kind;
  history::history observed;
  observed.what.case_id = "cancel/<both>[leave=close]";
  observed.what.clients.resize(2);
  observed.what.clients[0].name = "a";
  observed.what.clients[1].name = "b";
  const auto world = history::no_actor;
  observed.events = {
      {event_kind::connected, 0, 1'000'000, 0, 0, {}},
      {event_kind::op_begun, 0, 1'000'000, 0, 0, "until started"},
      {event_kind::sent_header, 0, 1'100'000, 0, 0, {}},
      {event_kind::connected, 1, 1'200'000, 0, 0, {}},
      {event_kind::sent_header, 1, 1'300'000, 0, 0, {}},
      {event_kind::run_hello, 0, 2'000'000, 0, 0, {}},
      {event_kind::run_hello, 1, 2'100'000, 0, 0, {}},
      {event_kind::run_barrier, 0, 2'200'000, 0, 0, "all"},
      {event_kind::run_barrier, 1, 2'300'000, 0, 0, "all"},
      {event_kind::run_go, 0, 2'400'000, 0, 0, "all"},
      {event_kind::run_go, 1, 2'400'000, 0, 0, "all"},
      {event_kind::received_chunk, 0, 3'000'000, '1', 6, "a;#<\n\x01"},
      {event_kind::half_closed, 0, 3'100'000, 0, 0, {}},
      {event_kind::run_cancelled, 0, 3'200'000, 0, 0, {}},
      {event_kind::run_exit, 1, 3'300'000, 0, 7, {}},
      {event_kind::received_chunk, 1, 3'400'000, 'X', 1, "7"},
      {event_kind::closed, 1, 3'500'000, 0, 0, {}},
      {event_kind::quiescent, world, 3'600'000, 0, 0, "X of a"},
  };
  return observed;
}

}  // namespace nailbiter::diagram
