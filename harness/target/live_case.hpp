#pragma once

// One plan played over real sockets: a loop of its own in the calling thread, the actors on it, and a deadline.

#include <cstdint>
#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/target/case_result.hpp"
#include "harness/target/interruption.hpp"
#include "reference/port/address.hpp"

namespace nailbiter::target {

struct live_case_options {
  naild::port::address daemon;
  std::string control_socket;  // path of the control server, made when the plan needs one
  std::vector<std::string> puppet_argv;
  std::vector<std::string> blocking_argv;
  std::vector<std::string> program_argv;
  std::string puppet_program{};
  std::vector<std::string> relay_argv;
  std::int32_t daemon_pid = 0;   // 0: its resources cannot be counted
  double time_scale = 1.0;
  interruption* stop = nullptr;  // may be null
};

/// What became of the daemon: `disturbed` when a run of the case may still hang in it.
enum class daemon_state : bool { as_before, disturbed };

/// Fills the events and the duration. A case in which nothing moves for two windows ends as no_progress, with where the
/// daemon's threads wait; one that goes on beyond its deadline as deadline_passed. A control server that cannot be made is told as deadline_passed with its reason:
/// nothing may be concluded from such a history.
daemon_state play_live(const plan::plan& what, const live_case_options& options, case_result& result);

}  // namespace nailbiter::target
