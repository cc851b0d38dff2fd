// Sub-commands whose rooms are not furnished yet.

#include "harness/command/commands.hpp"

namespace nailbiter::command {
namespace {

exit_code not_yet(terminal to) {
  to.err << "nailbiter: this build cannot do that yet\n";
  return exit_code::harness_fault;
}

}  // namespace

exit_code execute(const run_options&, terminal to) { return not_yet(to); }
exit_code execute(const sim_options&, terminal to) { return not_yet(to); }
exit_code execute(const replay_options&, terminal to) { return not_yet(to); }

}  // namespace nailbiter::command
