#pragma once

// The events that prove a verdict, as a table with one column for each session that takes part in them.

#include <string>

#include "harness/check/verdict.hpp"
#include "harness/history/event.hpp"

namespace nailbiter::check {

/// One line an event, ended by '\n': index, time in ms, and in its session's column what happened. Empty without a
/// witness; indices outside the history are left out; at most 40 lines, the rest is counted.
std::string render_witness(const history::history& observed, const verdict& found);

/// The same for the whole history, the events of the witness marked with '*'; at most `lines_max` lines, the rest is counted.
std::string render_history(const history::history& observed, const verdict& found, std::size_t lines_max);

}  // namespace nailbiter::check
