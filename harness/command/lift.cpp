#include <algorithm>
#include <chrono>

#include <fmt/core.h>

#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/evidence.hpp"
#include "harness/command/failure.hpp"
#include "harness/command/kept_decisions.hpp"
#include "harness/command/lifting.hpp"
#include "harness/command/live_place.hpp"
#include "harness/command/live_setup.hpp"
#include "harness/command/measurement.hpp"
#include "harness/command/plan_words.hpp"
#include "harness/command/puppet_build.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/report/rate_json.hpp"
#include "harness/target/live_target.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t steps_max = 20'000'000;   // of the simulator, to find an order
constexpr std::uint64_t sim_schedules = 500;      // that say how much of the failure the lift keeps
constexpr std::size_t indent = 17;

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter lift: " << text << '\n';
  return code;
}

/// The same runs of the plan as it stands and of its lift, in turn, so that both meet the same machine.
struct comparison {
  plan::plan plain;
  plan::plan lifted;
  measurement of_plain;
  measurement of_lifted;

  comparison(plan::plan as_it_stands, plan::plan ordered, const report::stored_verdict& wanted)
      : plain(std::move(as_it_stands)), lifted(std::move(ordered)), of_plain(wanted), of_lifted(wanted) {}

  std::string text() const { return fmt::format("  as it stands   {}  lifted         {}", of_plain.text(indent), of_lifted.text(indent)); }
};

void play(comparison& both, target::live_target& target, const lift_options& how, target::interruption& stop) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(how.seconds);
  for (std::uint32_t i = 0; i < how.runs && std::chrono::steady_clock::now() < deadline; ++i) {
    for (auto [what, into] : {std::pair{&both.plain, &both.of_plain}, std::pair{&both.lifted, &both.of_lifted}}) {
      auto ran = target.run(*what);
      if (stop.taken()) return;  // a run that was broken off says nothing
      into->add(std::move(ran));
    }
  }
}

/// Keeps the failure that shows more often, with its rate; its record with the replay line. The error is a text.
tl::expected<report::case_record, std::string> keep(const comparison& both, const lift_options& how, const std::string& target, const std::string& text) {
  const bool by_lift = both.of_lifted.first_failure() != nullptr;
  const measurement& of = by_lift ? both.of_lifted : both.of_plain;
  const target::case_result& failing = *of.first_failure();
  evidence kept(how.out, run_name(), process_environment());
  const auto folder = kept.folder_of(failing.observed.what.case_id);
  if (!folder) return tl::unexpected(folder.error());
  auto record = report::record_of(failing);
  record.id = failing.observed.what.case_id;
  record.replay = "nailbiter replay " + shell_word(folder->string()) + words_of(how.against);
  if (const auto written = kept.keep(failing, record); !written) return tl::unexpected(written.error());
  for (const auto& [name, content] : {std::pair{"lift.txt", text}, std::pair{"rate.json", report::rate_json({of.same(), target})}}) {
    if (const auto written = report::write_atomically(*folder / name, content); !written) return tl::unexpected(written.error());
  }
  return record;
}

exit_code finish(const comparison& both, const lift_options& how, const std::string& target, const std::string& before, terminal to, bool interrupted) {
  const auto runs = both.of_lifted.same().runs;
  const auto text = fmt::format("on {}:\n{}", target, both.text());
  to.out << text;
  if (interrupted) return exit_code::interrupted;
  if (runs == 0) return complain(to, "no run came to a verdict", exit_code::unknown);
  if (both.of_lifted.first_failure() == nullptr && both.of_plain.first_failure() == nullptr) {
    to.out << fmt::format("it has not failed live, nor has its lift in {} runs: of such runs {}\n", runs, report::said_of_clean(runs));
    return exit_code::holds;
  }
  const auto record = keep(both, how, target, before + text);
  if (!record) return complain(to, record.error());
  to.out << "replay: " << record->replay << '\n';
  return record->leak ? exit_code::leak : exit_code::nonconformant;
}

/// The plan as the target is to be judged by it. The error says why not.
tl::expected<plan::plan, std::string> fitted(const plan::plan& what, const catalogue& all, const live_setup& setup) {
  const auto* one = all.find(what.case_id);
  if (one == nullptr) return tl::unexpected(fmt::format("no case '{}' in the scenarios: nothing says whether the target can play it", what.case_id));
  return setup.plan_for(*one, what);
}

bool is_ordered(const plan::plan& what) {
  return std::ranges::any_of(what.clients, [](const plan::client& who) {
    return who.starts_at_turn != 0 || std::ranges::any_of(who.ops, [](const plan::op& op) { return op.kind == plan::op_kind::turn; });
  });
}

}  // namespace

exit_code execute(const lift_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {}, .scenarios = how.scenarios});
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto opened = open_failure(how.folder, *all);
  if (!opened) return complain(to, opened.error(), exit_code::usage);
  if (is_ordered(opened->what)) return complain(to, "its plan has turns already: replay it", exit_code::usage);
  target::interruption stop;
  auto setup = set_up(how.against, all->folder());
  if (!setup) return complain(to, setup.error().text, setup.error().code);
  const auto plain = fitted(opened->what, *all, *setup);
  if (!plain) return complain(to, "not exercised: " + plain.error(), exit_code::unknown);

  reproduction again(opened->verdict, [&stop] { return stop.taken(); });
  again.allow(steps_max);
  const auto first = kept_decisions(*opened, again);
  if (!first) return complain(to, first.error() + ": nothing to lift", exit_code::unknown);
  const auto found = lift(opened->what, *first, again);
  const auto lifted = fitted(found.what, *all, *setup);
  if (!lifted) return complain(to, "not exercised: " + lifted.error(), exit_code::unknown);

  comparison in_simulator(opened->what, found.what, opened->verdict);
  const auto stopped = [&stop] { return stop.taken(); };
  in_simulator.of_plain = measure_in_simulator(opened->what, opened->verdict, sim_schedules, stopped);
  in_simulator.of_lifted = measure_in_simulator(found.what, opened->verdict, sim_schedules, stopped);
  const auto text = fmt::format("{}: {}: {}\n{}\n{}in the simulator, by schedules of the portfolio:\n{}", opened->what.case_id, opened->verdict.checker,
                                opened->verdict.reason,
                                found.has_tokens ? "lifted, clients and puppets act in this order:"
                                                 : "lifted, clients act in this order (puppets do not: with tokens it has not failed here):",
                                steps_of(found.what), in_simulator.text());
  to.out << text << std::flush;
  if (stop.taken()) return exit_code::interrupted;

  const auto directory = target::temporary_directory::make();
  if (!directory) return complain(to, directory.error());
  if (const auto built = build_puppet(*setup, directory->path() / "puppet"); !built) return complain(to, built.error());
  target::live_target target(setup->description, directory->path(), &stop);
  comparison live(*plain, *lifted, opened->verdict);
  play(live, target, how, stop);
  return finish(live, how, live_place(setup->description.name, target, *plain), text, to, stop.taken());
}

}  // namespace nailbiter::command
