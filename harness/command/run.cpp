#include <algorithm>
#include <cstdio>

#include <fmt/core.h>

#include "harness/command/campaign_loop.hpp"
#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/live_setup.hpp"
#include "harness/command/must_coverage.hpp"
#include "harness/command/probe_session.hpp"
#include "harness/command/puppet_build.hpp"
#include "harness/command/reports.hpp"
#include "harness/command/standings.hpp"
#include "harness/command/workers.hpp"
#include "harness/report/console.hpp"
#include "harness/report/family_table.hpp"
#include "harness/report/progress.hpp"
#include "harness/target/live_target.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter run: " << text << '\n';
  return code;
}

std::vector<planned_case> planned(const catalogue& all, const run_options& how, const live_setup& setup) {
  std::vector<planned_case> cases;
  for (const auto* one : shard_of(all.cases(), how.part)) {
    auto fitted = setup.plan_for(*one);
    if (fitted && how.mode) fitted->mode = *how.mode;
    planned_case made{.what = one->what};
    if (fitted) made.what = *fitted;
    if (!fitted) made.excluded = fitted.error();
    made.upstream = one->source->upstream;
    made.title = one->source->title;
    cases.push_back(std::move(made));
  }
  return cases;
}

loop_settings loop_settings_of(const run_options& how, const live_setup& setup, target::interruption& stop) {
  loop_settings loop{.target_name = setup.description.name, .seed = how.seed, .repeat = how.repeat};
  loop.replay_line = [words = words_of(how.against)](const std::string& folder) {
    return fmt::format("nailbiter replay {}{}", shell_word(folder), words);
  };
  loop.interrupted = [&stop] { return stop.taken(); };
  return loop;
}

enum class honesty : bool { lies, not_seen_to_lie };

exit_code finish(const loop_result& done, const run_options& how, honesty of_target, terminal to, const std::filesystem::path& folder) {
  const auto painted = report::colour_for(stdout);
  const auto written = write_reports(done.all, how.reports, folder);
  to.out << report::console_report(done.all, painted);
  if (!written) return complain(to, written.error());
  if (!done.fault.empty()) return complain(to, done.fault);
  if (!done.all.stopped.empty()) to.err << "nailbiter run: there is no daemon, so this run ends here: " << done.all.stopped << '\n';
  const bool has_failed = std::ranges::any_of(done.all.cases, [](const auto& one) { return one.summary.result == check::outcome::fail; });
  const auto hint = has_failed && how.worker.empty() ? dialect_hint(how.against) : std::string();
  if (!hint.empty()) to.err << "nailbiter run: " << hint << '\n';
  const auto code = exit_code_of(done.all);
  const bool would_excuse = code == exit_code::holds || code == exit_code::unknown;
  return of_target == honesty::lies && would_excuse ? exit_code::nonconformant : code;
}

/// Says so if the target is a liar: then passed cases say nothing.
bool is_told_lies(const live_setup& setup, const std::filesystem::path& directory, target::interruption& stop, terminal to) {
  if (!setup.missing.empty()) return false;
  std::error_code ec;
  std::filesystem::create_directory(directory, ec);  // where it cannot be, no daemon starts, and nothing is asked
  target::live_target target(setup.description, directory, &stop);
  const auto lies = told_lies(setup, player_of(target, stop));
  if (lies.empty()) return false;
  to.err << setup.description.name << " is a liar: it says X 0 to what it has not done, so that a case passed says nothing" << lies << '\n';
  return true;
}

using known_failures = std::vector<scenario::known_failure>;

tl::expected<known_failures, std::string> known_to(const run_options& how) {
  if (how.known.empty()) return known_failures();
  auto read = scenario::read_known_failures(how.known);
  if (!read) return tl::unexpected(to_string(read.error().front()));
  return std::move(*read);
}

/// All in this process: the ordinary way, and what each worker does.
tl::expected<loop_result, std::string> run_here(const std::vector<planned_case>& cases, const live_setup& setup,
                                                const std::filesystem::path& directory, target::interruption& stop,
                                                evidence& kept, const loop_settings& loop) {
  target::live_target target(setup.description, directory, &stop);
  return run_campaign(cases, loop, [&target](const plan::plan& what) { return target.run(what); }, kept);
}

}  // namespace

exit_code execute(const run_options& how, terminal to) {
  target::interruption stop;
  auto all = catalogue::load(how.which);
  if (!all) return complain(to, all.error().text, all.error().code);
  if (how.smoke) all->keep([](const auto& one) { return one.source->smoke; });
  if (all->cases().empty()) return complain(to, "the smoke suite has no case that matches", exit_code::usage);
  auto setup = set_up(how.against, all->folder());
  if (!setup) return complain(to, setup.error().text, setup.error().code);

  const auto known = known_to(how);
  if (!known) return complain(to, known.error(), exit_code::usage);
  if (const auto can = can_write_reports(how.reports); !can) return complain(to, can.error(), exit_code::usage);

  const auto cases = planned(*all, how, *setup);
  auto kept = how.worker.empty() ? evidence(how.out, run_name(), process_environment()) : evidence(how.worker, process_environment());
  const auto folder = kept.folder();
  if (!folder) return complain(to, folder.error(), exit_code::usage);
  report::progress shown(stderr, how.verbose ? report::watched::no : report::is_terminal(stderr), cases.size() * how.repeat);
  auto loop = loop_settings_of(how, *setup, stop);
  loop.against_known = [&known](report::case_record& one) { note_standing_of(one, *known); };
  loop.on_case = [&](const report::case_record& one) {
    if (how.verbose) to.out << case_line(one) << std::flush;
    shown.advance(one.id, report::needs_explaining(one));
  };
  const auto begun = utc_now();
  const auto directory = target::temporary_directory::make();
  if (!directory) return complain(to, directory.error());
  auto sharing = how;  // with workers, which take what is built here
  if (how.built.empty()) {
    sharing.built = (directory->path() / "puppet").string();
    const auto built = build_puppet(*setup, sharing.built);
    if (!built) return complain(to, built.error());
  } else {
    use_built_puppet(*setup, how.built);
  }
  const bool lies = how.worker.empty() && is_told_lies(*setup, directory->path() / "probe", stop, to);
  auto done = how.jobs > 1 && cases.size() > 1 ? run_in_workers(sharing, *folder, loop)
                                               : run_here(cases, *setup, directory->path(), stop, kept, loop);
  shown.clear();
  if (!done) return complain(to, done.error());
  if (how.worker.empty()) hold_to_rates(*known, done->all);  // of all runs of a case, wherever they were
  done->all.begun = begun;
  done->all.command_line = kept.without_secrets(how.command_line);
  done->all.musts = must_coverage(all->scenarios(), done->all);
  return finish(*done, how, lies ? honesty::lies : honesty::not_seen_to_lie, to, how.worker.empty() ? *folder : std::filesystem::path());
}

}  // namespace nailbiter::command
