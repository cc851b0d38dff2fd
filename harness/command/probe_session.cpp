#include "harness/command/probe_session.hpp"

namespace nailbiter::command {

probe::claims claims_of(const live_setup& setup, const target_choice& against) {
  const auto& what = setup.description;
  probe::claims said{.puppet_argv = what.puppet_argv, .program_argv = what.program_argv, .puppet_program = what.puppet_program};
  if (!against.connect.empty()) said.reached_by = {against.connect.substr(0, against.connect.find(':'))};
  if (setup.claims) said.observed = setup.claims->observed;
  const bool is_own_naild = against.connect.empty() && against.exec.empty();
  if (is_own_naild || !against.dialect.empty()) said.speaks = setup.speaks;
  if (!is_own_naild) return said;
  if (!what.unix_form.empty()) said.transports.emplace_back("unix");
  if (!what.tcp_form.empty()) said.transports.emplace_back("tcp");
  if (setup.claims && setup.claims->puppet) said.puppet_ops = setup.claims->puppet->ops;
  return said;
}

probe::play player_of(target::live_target& target, target::interruption& stop) {
  return [&target, &stop](const plan::plan& what) -> tl::expected<history::history, std::string> {
    if (stop.taken()) return tl::unexpected(std::string("interrupted"));
    auto result = target.run(what);
    if (result.observed.events.empty()) return tl::unexpected(result.summary.detail);
    return std::move(result.observed);
  };
}

std::string told_lies(const live_setup& setup, const probe::play& session) {
  const auto said = claims_of(setup, {});
  const auto with = probe::means_of(said, said.puppet_argv.empty() ? probe::vehicle::program : probe::vehicle::puppet);
  std::string all;
  for (const char* transport : {"unix", "tcp"}) {
    const auto checked = probe::check_for_lies(with, transport, session);
    for (const auto& one : checked.questions) {
      if (one.is_told) all += "\n  " + to_string(one);
    }
    if (!checked.questions.empty()) break;
  }
  return all;
}

}  // namespace nailbiter::command
