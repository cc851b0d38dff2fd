#include "harness/target/target_description.hpp"

#include <algorithm>

#include "harness/actor/command_line.hpp"

namespace nailbiter::target {

target_description naild_at(const std::filesystem::path& program) {
  target_description naild;
  naild.command = {program.string(), "--listen", "{address}", "--enable-puppet"};
  naild.puppet_program = (program.parent_path() / "puppet").string();
  return naild;
}

std::string cannot_play(const target_description& target, const plan::plan& what) {
  if (actor::needs_process(what) && target.relay_argv.empty()) return "no program to hold the connection of a client";
  if (target.connect.empty()) {
    const std::string& form = what.transport == "tcp" ? target.tcp_form : target.unix_form;
    if (form.empty()) return "the target does not speak " + what.transport;
  } else if (!target.connect.starts_with(what.transport + ":")) {
    return "the target is not reached by " + what.transport;
  }
  if (!what.daemon_args.empty() && (!target.takes_daemon_args || !target.connect.empty())) {
    return "the target takes no options";
  }
  if (plan::daemon_stop_of(what) != nullptr && (!target.drains || !target.connect.empty())) {
    return "no profile says that SIGTERM drains the target (drains = true)";
  }
  if (plan::stands_still(what) && !target.connect.empty()) return "only a daemon that was started here can be made to stand still";
  const bool programs = std::ranges::any_of(what.clients, [](const plan::client& who) { return who.as_program; });
  if (programs && (target.program_argv.empty() || target.puppet_program.empty())) return "the target cannot run the puppet program";
  const bool scripted = std::ranges::any_of(what.clients, [](const plan::client& who) { return !who.script.empty() && !who.as_program && !who.blocking; });
  const bool blocking = std::ranges::any_of(what.clients, [](const plan::client& who) { return who.blocking; });
  if (blocking && target.blocking_argv.empty()) return "the target has no puppet that runs on a thread";
  if (scripted && target.puppet_argv.empty()) return "the target has no puppet";
  return {};
}

}  // namespace nailbiter::target
