#include "harness/plan/waits_for_time.hpp"

#include <algorithm>

namespace nailbiter::plan {
namespace {

// Whoever holds a connection that nobody uses, or looks whether it is full, waits for a limit.
bool is_ended_by_time(const op& step) {
  return step.kind == op_kind::until_closed || step.kind == op_kind::until_stdin_stuck || step.kind == op_kind::stand_still;
}

// A program's children may hold its pipes, and a run on a thread may be given up: limits end both.
bool may_wait(const client& who) {
  return who.expect.ends != ending::exits || !who.header || who.as_program || who.blocking || who.script.empty() ||
         std::ranges::any_of(who.ops, is_ended_by_time);
}

}  // namespace

bool waits_for_time(const plan& what) {
  const auto is_limit = [](const std::string& option) { return option.find("-ms=") != option.npos; };
  return std::ranges::any_of(what.daemon_args, is_limit) || daemon_stop_of(what) != nullptr || std::ranges::any_of(what.clients, may_wait);
}

}  // namespace nailbiter::plan
