#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {

verdict judge_stopping(const context& given) {
  const views& seen = given.seen;
  if (seen.stop_asked == absent || seen.daemon_ended != absent) return found_nothing(false);
  const plan::op* asked = plan::daemon_stop_of(given.intended.what);
  const bool has_bound = asked != nullptr && asked->number != 0;
  if (seen.daemon_stopped == absent) {
    if (seen.deadline != absent || !has_bound) {
      return unsure(reason::daemon_goes_on, "the case ended before the daemon did", {seen.stop_asked});
    }
    return failed(reason::daemon_goes_on, "the daemon was to stop, and goes on", {seen.stop_asked});
  }
  const std::string& left = given.event(seen.daemon_stopped).text;
  if (!left.empty()) {
    return failed(reason::runs_left, "the daemon has ended " + left, {seen.stop_asked, seen.daemon_stopped});
  }
  const auto took = given.elapsed_ms(seen.stop_asked, seen.daemon_stopped);
  if (has_bound && took > asked->number) {
    const auto detail = "the daemon took " + std::to_string(took) + " ms to stop, " + std::to_string(asked->number) + " are allowed";
    // Live, its end is looked for when the clients have done, and the bound is stretched for a loaded machine.
    const auto say = given.event(seen.daemon_stopped).type == history::when_exact ? failed : unsure;
    return say(reason::daemon_goes_on, detail, {seen.stop_asked, seen.daemon_stopped});
  }
  return found_nothing(true);
}

}  // namespace nailbiter::check
