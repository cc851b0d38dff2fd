#include "harness/check/families.hpp"

namespace nailbiter::check {

// Targets tell of the log only in cases that ask for it: whoever breaks the protocol deserves a line.
verdict judge_quiet(const context& given) {
  bool watched = false;
  for (event_index at = 0; at < given.observed.events.size(); ++at) {
    const history::event& what = given.event(at);
    watched |= what.kind == history::event_kind::log_watched;
    if (what.kind == history::event_kind::log_line) return failed(reason::noise_in_log, what.text, {at});
  }
  return found_nothing(watched);
}

}  // namespace nailbiter::check
