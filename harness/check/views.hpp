#pragma once

// A history seen client by client: one pass over the events, indices only, no copies. What comes after the
// end of a case (its deadline, quiescence) is the harness tidying up and is left out, but for the census.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/history/event.hpp"

namespace nailbiter::check {

/// An index into history.events, or `absent`. "First" ones unless the name says otherwise.
using event_index = std::size_t;
constexpr event_index absent = static_cast<event_index>(-1);

struct client_view {
  std::span<const std::uint32_t> chunks{};  // every received_chunk, in the order of receipt
  event_index connected = absent;
  event_index connect_failed = absent;
  event_index header = absent;  // the header went out whole
  event_index sent = absent;    // any bytes went out
  event_index exit = absent;    // first `X`
  event_index last_chunk = absent;
  event_index bad_bytes = absent;
  event_index ended = absent;  // the daemon closed or reset the connection
  event_index half_closed = absent;
  event_index left = absent;      // closed, reset, or its process was killed
  event_index provoked = absent;  // a protocol slip or silence on purpose: send, send-chunk, end-stdin, stop
  event_index last_act = absent;  // the last thing it did before `X`
  event_index finished = absent;
  event_index hello = absent;
  event_index cancelled = absent;
  event_index run_exit = absent;
  event_index run_lost = absent;
  event_index terminal = absent;  // first of run_exit, run_lost
  event_index last_terminal = absent;
  std::uint32_t hellos = 0;  // child puppets say hello for their run too
  std::uint32_t terminals = 0;
  std::uint32_t grants = 0;        // `S` received
  std::uint64_t stdin_chunks = 0;  // `0` sent by the client's own stdin
  bool raw_sends = false;          // bytes whose meaning is not in the history

  /// The client gave the connection up while it could still have had its `X`. (Every client closes in the end.)
  bool left_before_exit() const noexcept { return left != absent && left < exit && left < ended && left < bad_bytes; }
};

/// Borrows the history.
struct views {
  std::vector<client_view> clients{};
  event_index quiescent = absent;  // or, live, no progress: nothing can happen any more
  event_index deadline = absent;
  event_index daemon_ended = absent;    // in no good order: nobody had asked, or by another status than 0
  event_index stop_asked = absent;      // the first op from which the daemon stops
  event_index daemon_stopped = absent;  // in good order, after that
  std::vector<std::uint32_t> chunk_order{};  // what the clients' `chunks` point into

  /// Nothing more was going to be observed: what is missing never came.
  bool is_complete() const noexcept { return deadline == absent && daemon_ended == absent; }
};

views views_of(const history::history& observed);

}  // namespace nailbiter::check
