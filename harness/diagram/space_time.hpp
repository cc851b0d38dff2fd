#pragma once

// A history as a drawing: sessions are columns, observations are items in the order of observation, causes are links.
// Knows no format: svg.hpp, mermaid.hpp and trace_events.hpp write it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/history/event.hpp"

namespace nailbiter::diagram {

/// Where an item stands and which way it points. A session has two lines: its client's and its run's.
enum class shape : std::uint8_t {
  sent,      // from the client to its run
  received,  // from the run to its client
  act,       // on the client's line
  report,    // on the run's line: its puppet said so
  order,     // from the harness to the run: it released a token or a barrier
  world,     // across all columns
};

struct item {
  shape what{};
  std::size_t event = 0;      // index of its first event in the history
  std::size_t count = 1;      // so many like events are drawn as one
  std::uint32_t session = 0;  // column; of no meaning for `world`
  std::uint64_t time_ns = 0;
  history::event_kind kind{};
  bool witness = false;
  std::string label{};        // printable ASCII, short
};

/// `from` had to come first for `to` to come; both index `items`, from < to.
struct link {
  std::size_t from = 0;
  std::size_t to = 0;

  friend bool operator==(const link&, const link&) = default;
};

struct space_time {
  std::string title;
  std::vector<std::string> sessions{};
  std::vector<item> items{};
  std::vector<link> links{};
  std::size_t events_left_out = 0;   // far from the witness, in a history that is too long to be drawn whole
};

struct limits {
  std::size_t merge_above = 250;     // with more items than this, like ones in a row of a session become one
  std::size_t items_max = 600;       // what is still more is left out, but for begin, end and the witness's surroundings
};

/// The client's own ops are left out: what they did is drawn. Indices of the witness outside the history are skipped.
space_time space_time_of(const history::history& observed, const std::vector<std::size_t>& witness, const limits& within = {});

}  // namespace nailbiter::diagram
