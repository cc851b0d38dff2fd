#pragma once

// The events that prove a failure, for a reader: number, time, who, what happened.

#include <string>
#include <vector>

#include "harness/history/event.hpp"

namespace nailbiter::report {

constexpr std::size_t witness_lines_max = 40;   // more are counted, not printed
constexpr std::size_t witness_text_max = 64;    // bytes of an event's text, before it is cut

/// One line an event, each ended by '\n'; indices outside the history are left out. Empty without a witness.
std::string witness_table(const history::history& observed, const std::vector<std::size_t>& witness);

}  // namespace nailbiter::report
