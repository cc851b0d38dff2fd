#include "harness/check/families.hpp"

namespace nailbiter::check {

verdict judge_sanitizer(const context& given) {
  bool watched = false;
  for (event_index at = 0; at < given.observed.events.size(); ++at) {
    const history::event& what = given.event(at);
    watched |= what.kind == history::event_kind::sanitizer_watches;
    if (what.kind != history::event_kind::sanitizer_report) continue;
    return failed(what.type == 'r' ? reason::data_race : reason::memory_error, what.text, {at});
  }
  return found_nothing(watched);
}

}  // namespace nailbiter::check
