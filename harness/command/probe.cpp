#include "harness/command/commands.hpp"
#include "harness/command/data_folder.hpp"
#include "harness/command/probe_session.hpp"
#include "harness/command/puppet_build.hpp"
#include "harness/probe/survey_text.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter probe: " << text << '\n';
  return code;
}

/// Words that name places stay as they were given, so that the profile holds on other days and machines.
scenario::profile profile_of(const live_setup& setup, const target_choice& against) {
  if (setup.claims) return *setup.claims;
  const auto& what = setup.description;
  scenario::profile made{.name = what.name, .command = what.command, .unix_address = what.unix_form, .tcp_address = what.tcp_form};
  if (!what.ready.empty()) made.ready = what.ready;
  const auto puppet = against.puppet.empty() ? what.puppet_argv : against.puppet;
  if (!puppet.empty()) made.puppet = scenario::profile_puppet{.argv = puppet, .blocking_argv = against.blocking};
  made.program_argv = against.program.empty() ? what.program_argv : against.program;
  return made;
}

exit_code finish(const probe::survey& found, const live_setup& setup, const target_choice& against, terminal to) {
  const auto& name = setup.description.name;
  to.out << name << '\n';
  if (!found.findings.empty()) to.out << '\n' << table_of(found);
  if (!found.unreachable.empty()) {
    to.out << '\n' << name << " cannot be probed: " << found.unreachable << '\n';
    return exit_code::unknown;
  }
  if (found.honesty.is_liar()) {
    to.out << '\n' << name << " is a liar: it says X 0 to what it has not done, so no verdict about it means anything\n";
    return exit_code::nonconformant;
  }
  to.out << "\nA profile that claims what was observed:\n\n" << profile_text(profile_of(setup, against), found);
  return found.differs() ? exit_code::nonconformant : exit_code::holds;
}

}  // namespace

exit_code execute(const probe_options& how, terminal to) {
  target::interruption stop;
  const auto folder = scenarios_folder(how.scenarios);
  if (!folder) return complain(to, folder.error(), exit_code::usage);
  auto setup = set_up(how.against, *folder);
  if (!setup) return complain(to, setup.error().text, setup.error().code);
  if (!setup->missing.empty()) return complain(to, setup->missing, exit_code::unknown);
  const auto directory = target::temporary_directory::make();
  if (!directory) return complain(to, directory.error());
  const auto built = build_puppet(*setup, directory->path() / "puppet");
  if (!built) return complain(to, built.error());

  target::live_target target(setup->description, directory->path(), &stop);
  const auto said = claims_of(*setup, how.against);
  const auto found = take_survey(said, how.patience, player_of(target, stop));
  if (stop.taken()) return exit_code::interrupted;
  if (!how.json.empty()) {
    const auto written = report::write_atomically(how.json, survey_json(setup->description.name, found));
    if (!written) return complain(to, written.error());
  }
  return finish(found, *setup, how.against, to);
}

}  // namespace nailbiter::command
