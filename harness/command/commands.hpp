#pragma once

// The sub-commands: each does its work, prints to `out` (and complaints to `err`), and gives the program's exit code.

#include <ostream>

#include "harness/command/exit_code.hpp"
#include "harness/command/options.hpp"

namespace nailbiter::command {

/// Where a sub-command prints. Borrowed.
struct terminal {
  std::ostream& out;
  std::ostream& err;
};

exit_code execute(const list_options& how, terminal to);
exit_code execute(const run_options& how, terminal to);
exit_code execute(const probe_options& how, terminal to);
exit_code execute(const sim_options& how, terminal to);
exit_code execute(const replay_options& how, terminal to);
exit_code execute(const shrink_options& how, terminal to);
exit_code execute(const lift_options& how, terminal to);
exit_code execute(const verify_fix_options& how, terminal to);
exit_code execute(const globals_options& how, terminal to);
exit_code execute(const compare_options& how, terminal to);
exit_code execute(const bench_options& how, terminal to);
exit_code execute(const power_options& how, terminal to);
exit_code execute(const actor_options& how, terminal to);

/// Parses and executes; what main returns.
int run_program(int argc, const char* const* argv, terminal to);

}  // namespace nailbiter::command
