#pragma once

// Planted bugs, each of a kind that a law must notice: the puppet, but a run of it shares something with the others.
// They are nails, so that the daemon around them is the real one.

#include <cstdint>
#include <functional>

#include "tests/laws/subject_support.hpp"

namespace nailbiter::laws {

enum class fault : std::uint8_t {
  leaks_environment,     // what an earlier run set and this one did not is written to its stdout
  leaks_directory,       // its directory is that of the run that started last, told at its end
  counts_runs,           // a run ends with as much more as runs have ended before it
  keeps_last_arguments,  // a run without output of its own repeats the last one's argument
  poisoned_by_cancel,    // the run after a cancelled one is taken for cancelled
  cancel_hits_neighbour, // a run that was there when another was cancelled ends with -1
  tells_it_is_busy,      // a run that starts beside another says so on stderr
  hurries_by_content,    // takes one step more when another run's secret is odd
  knows_names,           // a run called b ends with 3 more
  outlives_its_daemon,   // as counts_runs, and a fresh daemon goes on counting
  leaves_a_timer,        // a task that waits for a week goes on after the run
  leaves_a_connection,   // one to its own daemon, that nobody closes
  counts_pieces,         // cat tells how many pieces its stdin came in
  // Of runs on threads.
  threads_speak_elsewhere,  // the last word of a run goes to the one that began last
  threads_count_runs,       // as counts_runs
  threads_share_a_level,    // who names no log level has that of the last run that did
};

/// `adds` replaces `puppet`, `blocking` makes another `puppet-blocking`; `forget` makes it a fresh daemon's.
struct planted_bug {
  more_nails adds;
  std::function<void()> forget;
  blocking_puppet blocking{};
};

planted_bug faulty_puppet(fault what);
planted_bug faulty_threads(fault what);

}  // namespace nailbiter::laws
