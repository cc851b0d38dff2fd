#include "harness/check/verdict.hpp"

namespace nailbiter::check {

const char* describe(reason why) noexcept {
  switch (why) {
    case reason::none: return "none";
    case reason::chunk_after_exit: return "chunk after X";
    case reason::no_exit: return "no exit";
    case reason::two_exits: return "two exits";
    case reason::no_run: return "exit without a run";
    case reason::exit_code_lost: return "exit code lost";
    case reason::wrong_exit_code: return "wrong exit code";
    case reason::output_lost: return "output lost before exit";
    case reason::output_reordered: return "output out of order";
    case reason::unexpected_output: return "unexpected output";
    case reason::foreign_bytes: return "foreign bytes";
    case reason::bad_framing: return "bad framing";
    case reason::stdin_grant_misplaced: return "stdin granted after exit";
    case reason::not_overlapping: return "runs do not overlap";
    case reason::not_cancelled: return "not cancelled in time";
    case reason::cancelled_for_another: return "cancelled without cause";
    case reason::error_without_reason: return "error without a reason on stderr";
    case reason::connection_left_open: return "connection left open";
    case reason::daemon_ended: return "daemon ended";
    case reason::daemon_goes_on: return "daemon does not stop";
    case reason::runs_left: return "stopped before its runs had ended";
    case reason::resources_grow: return "resources grow";
    case reason::data_race: return "data race";
    case reason::memory_error: return "memory error";
    case reason::noise_in_log: return "noise in the daemon's log";
    case reason::deadline: return "deadline passed";
  }
  return "unknown reason";
}

bool is_leak(reason why) noexcept {
  return why == reason::foreign_bytes || why == reason::cancelled_for_another || why == reason::data_race;
}

verdict summary(const std::vector<verdict>& all) {
  const verdict* best = nullptr;
  const auto rank = [](const verdict& each) {
    switch (each.result) {
      case outcome::fail: return is_leak(each.why) ? 4 : 3;
      case outcome::unknown: return 2;
      case outcome::pass: return 1;
      case outcome::not_exercised: return 0;
    }
    return 0;
  };
  for (const verdict& each : all) {
    if (best == nullptr || rank(each) > rank(*best)) best = &each;
  }
  return best == nullptr ? verdict{} : *best;
}

}  // namespace nailbiter::check
