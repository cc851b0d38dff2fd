#include "harness/command/commands.hpp"
#include "harness/target/relay.hpp"
#include "reference/port/address.hpp"

namespace nailbiter::command {

exit_code execute(const actor_options& how, terminal to) {
  const auto daemon = naild::port::parse_address(how.daemon);
  if (!daemon) {
    to.err << "nailbiter actor: " << daemon.error() << '\n';
    return exit_code::usage;
  }
  constexpr int standard_input = 0;
  return target::relay(*daemon, standard_input) ? exit_code::holds : exit_code::unknown;
}

}  // namespace nailbiter::command
