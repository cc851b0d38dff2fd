#pragma once

// Random clients whose runs have several threads, and what each of those must have written. Threads write at the same
// time, so every line names its writer: what is promised is the order of one writer's lines, not theirs with another's.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <rapidcheck.h>

#include "harness/plan/plan.hpp"

namespace nailbiter::laws {

/// A blocking run that ends by itself: helper threads, theirs, late ones that are let go behind the exit, its own log
/// level, the streams of the process. It may wait for its client on the way.
rc::Gen<plan::client> a_threaded_client(std::string name);

/// One that may also leave while its threads write or hang.
rc::Gen<plan::client> a_threaded_neighbour(std::string name);

/// The lines with the writers in one order, each writer's as they were. A line that names none is its own writer.
std::string in_order_of_writers(std::string_view text);

/// What a run of such a client writes to one of its streams: by writer, the lines in their order.
using lines_by_writer = std::map<std::string, std::vector<std::string>>;
lines_by_writer produced_lines(const plan::client& who, int fd);

enum class followed : std::uint8_t { not_at_all, as_a_prefix, to_the_end };

/// Are these, line by line, each writer's first ones?
followed follows(std::string_view received, const lines_by_writer& produced);

}  // namespace nailbiter::laws
