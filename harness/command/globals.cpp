#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

#include "harness/command/commands.hpp"
#include "harness/command/data_folder.hpp"
#include "harness/command/probe_session.hpp"
#include "harness/globals/examination.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/target/process_sockets.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter globals: " << text << '\n';
  return code;
}

// As long as each other, and like nothing else that a daemon holds.
constexpr const char* usual_value = "usual-5f0c8e21b7d94a36";
constexpr const char* other_value = "other-93ad417c60be2f58";

/// One session that sets all that this target lets a run set.
plan::plan run_that_sets(const std::string& value, const probe::claims& said) {
  const auto has = [&said](const char* op) { return std::ranges::find(said.puppet_ops, op) != said.puppet_ops.end(); };
  std::vector<std::string> script;
  if (has("setenv")) script.push_back("setenv NAILBITER_VALUE " + value);
  if (has("counter")) script.push_back("counter " + value);
  if (has("umask")) script.push_back(value == usual_value ? "umask 022" : "umask 077");
  if (has("chdir")) script.push_back(value == usual_value ? "chdir /" : "chdir /tmp");
  if (has("locale")) script.push_back(value == usual_value ? "locale C" : "locale POSIX");
  if (has("loglevel")) script.push_back(value == usual_value ? "loglevel info" : "loglevel debug");
  script.push_back("out " + value);
  const auto by = said.puppet_argv.empty() ? probe::vehicle::program : probe::vehicle::puppet;
  auto client = probe::scripted(probe::means_of(said, by), std::move(script));
  client.environment.push_back("NAILBITER_GLOBAL=" + value);
  return probe::plan_of("globals", {std::move(client)});
}

globals::experiment experiment_on(target::live_target& target, const probe::claims& said, std::int32_t pid,
                                  const globals::program_variables& variables, const globals_options& how, target::interruption& stop) {
  const auto play = player_of(target, stop);
  globals::experiment made{.alike = how.alike, .usual_value = usual_value, .other_value = other_value};
  made.run = [&said, play](const std::string& value) -> tl::expected<void, std::string> {
    const auto seen = play(run_that_sets(value, said));
    if (!seen) return tl::unexpected(seen.error());
    const auto is_exit = [](const history::event& one) { return one.kind == history::event_kind::received_chunk && one.type == 'X'; };
    if (std::ranges::none_of(seen->events, is_exit)) return tl::unexpected(std::string("a run had no `X`: is it a nailgun daemon with a puppet?"));
    return {};
  };
  made.look = [pid, &variables] { return globals::snapshot_of(pid, variables); };
  return made;
}

}  // namespace

exit_code execute(const globals_options& asked, terminal to) {
  target::interruption stop;
  auto how = asked;
  if (how.pid != 0 && how.against.connect.empty()) {
    if (!std::filesystem::exists(fmt::format("/proc/{}", how.pid))) return complain(to, fmt::format("there is no process {}", how.pid), exit_code::usage);
    const auto doors = target::unix_listeners_of(how.pid);
    if (doors.size() != 1) return complain(to, fmt::format("process {} listens at {} unix sockets that can be seen: name its address with --connect", how.pid, doors.size()), exit_code::usage);
    how.against.connect = doors.front();
  }
  const auto folder = scenarios_folder(how.scenarios);
  if (!folder) return complain(to, folder.error(), exit_code::usage);
  auto setup = set_up(how.against, *folder);
  if (!setup) return complain(to, setup.error().text, setup.error().code);
  if (!setup->missing.empty()) return complain(to, setup->missing, exit_code::unknown);
  const auto said = claims_of(*setup, how.against);
  if (said.puppet_argv.empty() && said.puppet_program.empty()) return complain(to, "the target cannot be made to run anything: name its puppet", exit_code::usage);
  const auto directory = target::temporary_directory::make();
  if (!directory) return complain(to, directory.error());

  target::live_target target(setup->description, directory->path(), &stop);
  const auto pid = how.pid != 0 ? tl::expected<std::int32_t, std::string>(how.pid) : target.pid_for(run_that_sets(usual_value, said));
  if (!pid) return complain(to, pid.error(), exit_code::unknown);
  const auto variables = globals::variables_of(fmt::format("/proc/{}/exe", *pid));
  if (!variables) return complain(to, "not exercised: " + variables.error(), exit_code::unknown);
  const auto seen = globals::examine(experiment_on(target, said, *pid, *variables, how, stop));
  if (stop.taken()) return exit_code::interrupted;
  if (!seen) return complain(to, "not exercised: " + seen.error(), exit_code::unknown);
  to.out << setup->description.name << ", process " << *pid << ": " << variables->writable.size() << " variables; " << text_of(*seen);
  if (!how.json.empty()) {
    const auto written = report::write_atomically(how.json, globals::json_of(*seen));
    if (!written) return complain(to, written.error());
  }
  return seen->findings.empty() ? exit_code::holds : exit_code::leak;
}

}  // namespace nailbiter::command
