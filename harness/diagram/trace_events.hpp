#pragma once

// The drawing in the JSON trace event format, for ui.perfetto.dev and chrome://tracing: a track a session, asynchronous
// slices for its connection and its run, a short slice an item, a flow a link.

#include <string>

#include "harness/diagram/space_time.hpp"

namespace nailbiter::diagram {

/// Times in microseconds since the case began, moved apart where several items share one. Every slice that begins ends: at the last item if at nothing else.
std::string to_trace_events(const space_time& drawn);

}  // namespace nailbiter::diagram
