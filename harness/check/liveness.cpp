#include <string.h>
#include <sys/wait.h>

#include <string>

#include "harness/check/families.hpp"

namespace nailbiter::check {
namespace {

using plan::ending;

/// An answer with a bound, to a client that waits for it; cancels have a family of their own.
verdict judge_bound(const context& given, std::size_t index) {
  const client_view& view = given.seen.clients[index];
  const plan::expectation& expect = given.client(index).expect;
  const bool has_bound = expect.within_ms > 0 && (expect.ends == ending::exits || expect.ends == ending::refused);
  const event_index since = view.last_act != absent ? view.last_act : view.connected;
  if (!has_bound || !given.is_owed_exit(index) || since == absent) return found_nothing(false);
  const event_index until = view.exit != absent ? view.exit : given.seen.deadline;
  if (until == absent) return found_nothing(false);
  const auto waited = given.elapsed_ms(since, until);
  if (waited <= expect.within_ms) return found_nothing(view.exit != absent);
  const auto detail = quoted(given.client(index)) + " has waited " + std::to_string(waited) + " ms for its `X`, " +
                      std::to_string(expect.within_ms) + " are allowed";
  return failed(reason::no_exit, detail, {since, until});
}

/// Nobody took the connection: certain where the daemon said no, or where nothing else can happen.
verdict judge_refused_connection(const context& given, std::size_t index) {
  const event_index at = given.seen.clients[index].connect_failed;
  if (at == absent || given.client(index).expect.ends == ending::no_answer) return found_nothing(false);
  const std::string& why = given.event(at).text;
  const bool is_certain = given.seen.quiescent != absent || why.find("refused") != std::string::npos;
  const auto detail = quoted(given.client(index)) + " could not connect: " + why;
  return is_certain ? failed(reason::no_exit, detail, {at}) : unsure(reason::no_exit, detail, {at});
}

/// Of a wait status: "ended with exit code 3", "was ended by signal 11 (SIGSEGV)".
std::string end_of(std::int64_t status) {
  const int number = static_cast<int>(status);
  if (!WIFSIGNALED(number)) return "ended with exit code " + std::to_string(WEXITSTATUS(number));
  const char* const name = ::sigabbrev_np(WTERMSIG(number));
  return "was ended by signal " + std::to_string(WTERMSIG(number)) + (name == nullptr ? "" : std::string(" (SIG") + name + ')');
}

}  // namespace

verdict judge_liveness(const context& given) {
  const views& seen = given.seen;
  if (seen.daemon_ended != absent) {
    return failed(reason::daemon_ended, "the daemon's process " + end_of(given.event(seen.daemon_ended).number), {seen.daemon_ended});
  }
  bool looked = false;
  verdict doubt;
  for (std::size_t i = 0; i < given.client_count(); ++i) {
    for (const auto judge_one : {judge_refused_connection, judge_bound}) {
      verdict one = judge_one(given, i);
      if (one.result == outcome::fail) return one;
      if (one.result == outcome::unknown && doubt.result != outcome::unknown) doubt = std::move(one);
    }
    looked |= seen.clients[i].finished != absent || seen.clients[i].exit != absent;
  }
  if (seen.quiescent != absent && !given.event(seen.quiescent).text.empty()) {
    const history::event& end = given.event(seen.quiescent);
    const char* const what = end.kind == history::event_kind::no_progress ? "nothing moves any more" : end.number == 0 ? "nothing can happen any more" : "nothing but time goes on";
    return failed(reason::no_exit, what + (", and this is awaited: " + end.text), {seen.quiescent});
  }
  if (seen.deadline != absent)
    return unsure(reason::deadline, "still awaited: " + given.event(seen.deadline).text, {seen.deadline});
  return doubt.result == outcome::unknown ? doubt : found_nothing(looked);
}

}  // namespace nailbiter::check
