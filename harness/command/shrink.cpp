#include <chrono>

#include <fmt/format.h>

#include "harness/check/render_witness.hpp"
#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/evidence.hpp"
#include "harness/command/explanation.hpp"
#include "harness/command/failure.hpp"
#include "harness/command/reproduction.hpp"
#include "harness/command/step_words.hpp"
#include "harness/explore/replay.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/target/interruption.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t first_search_seeds = 3000;  // for folders of live failures, which have no schedule
constexpr std::uint64_t plan_attempts_max = 1500;
constexpr std::uint64_t decisions_attempts_max = 4000;
constexpr std::uint64_t calm_attempts_max = 20'000;
constexpr std::uint32_t calm_departures_max = 3;
constexpr std::size_t table_lines_max = 60;

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter shrink: " << text << '\n';
  return code;
}

/// The failure as it was kept, by its schedule or, without one, by any that shows it. The error is a text.
tl::expected<explore::decision_list, std::string> first_failure(const failure& kept, reproduction& again) {
  if (kept.schedule.empty()) {
    auto found = again.search(kept.what, {}, first_search_seeds);
    if (!found) return tl::unexpected(fmt::format("no schedule of {} fails in the same way in the simulator: nothing to shrink", first_search_seeds));
    return std::move(*found);
  }
  const auto schedule = explore::parse_schedule(kept.schedule);
  if (!schedule) return tl::unexpected(fmt::format("schedule.bin: {}", explore::describe(schedule.error())));
  auto found = again.follow(kept.what, *schedule);
  if (!found) return tl::unexpected(std::string("its schedule does not fail here in the same way (nailbiter replay says how it differs): nothing to shrink"));
  return std::move(*found);
}

/// First the scenario, then the schedule: few departures from the calm one, found by trying or by dropping.
explore::shrunk shrink(const failure& kept, const explore::decision_list& first, reproduction& again, const shrink_options& how) {
  again.judge_by(kept.what);
  const auto search = [&](const auto& what, const auto& wanted) { return again.search(what, wanted, how.seeds); };
  again.allow(how.steps / 2);
  auto small = explore::shrink_plan(kept.what, first, search, plan_attempts_max);
  const auto follow = [&](const auto& what, const auto& wanted) { return again.follow(what, wanted); };
  again.allow(how.steps / 4);
  for (std::uint32_t departures = 0; departures <= calm_departures_max; ++departures) {
    auto calm = again.search_calm(small.what, departures, calm_attempts_max);
    if (!calm) continue;
    small.decisions = std::move(*calm);
    break;
  }
  again.allow(how.steps / 4);
  return explore::shrink_decisions(std::move(small.what), std::move(small.decisions), follow, decisions_attempts_max);
}

std::string removed(const explore::failure_size& before, const explore::failure_size& after) {
  const auto text = [](const char* word, std::size_t had, std::size_t has) {
    return had == has ? std::string() : fmt::format("  {} {} -> {}\n", word, had, has);
  };
  return text("sessions", before.sessions, after.sessions) + text("events", before.events, after.events) +
         text("preemptions", before.preemptions, after.preemptions) + text("cut writes or reads", before.data_choices, after.data_choices);
}

std::string steps_of(const plan::plan& what) {
  std::string text;
  for (const auto& who : what.clients) {
    text += fmt::format("  {}:", who.name);
    for (const auto& step : who.script) text += fmt::format(" '{}'", step);
    if (who.script.empty() && !who.command.empty()) text += " (its command)";
    for (const auto& op : who.ops) text += " / " + plan::to_string(op);
    text += '\n';
  }
  return text;
}

/// The recorded schedule, read back, must give the same events.
bool replays(const plan::plan& what, const execution& failing, reproduction& again) {
  const auto record = explore::parse_schedule(explore::to_binary(failing.record));
  if (!record) return false;
  explore::replay follows(*record);
  const auto second = again.play(what, follows, record->seed);
  return !follows.divergence_at_end() && second.result.observed == failing.result.observed;
}

/// All but the replay line.
std::string story_of(const explore::shrunk& small, const execution& failing, const explore::failure_size& before, reproduction& again) {
  const auto& summary = failing.result.summary;
  const auto after = explore::size_of(small.what, small.decisions);
  const auto executions = again.executions();
  const auto sentence = explain(again, small.what, small.decisions, failing);
  return fmt::format("{}: {}\n{}\n\n{}\n\n{}\nwhat is left:\n{}\nshrunk in {} executions, from {}:\n{}", summary.checker,
                     check::describe(summary.why), explore::to_string(after), sentence,
                     check::render_history(failing.result.observed, summary, table_lines_max), steps_of(small.what), executions,
                     explore::to_string(before), removed(before, after));
}

}  // namespace

exit_code execute(const shrink_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {}, .scenarios = how.scenarios});
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto opened = open_failure(how.folder, *all);
  if (!opened) return complain(to, opened.error(), exit_code::usage);

  target::interruption stop;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(how.seconds);
  reproduction again(opened->verdict, [&] { return stop.taken() || std::chrono::steady_clock::now() > deadline; });
  const auto first = first_failure(*opened, again);
  if (!first) return complain(to, first.error(), exit_code::unknown);
  const auto small = shrink(*opened, *first, again, how);

  again.allow(how.steps / 8);
  const auto failing = again.play(small.what, small.decisions);
  if (!again.is_the_same(failing.result) || !replays(small.what, failing, again)) return complain(to, "the shrunk failure does not replay");
  evidence kept(how.out, run_name(), process_environment());
  const auto folder = kept.folder_of(small.what.case_id);
  if (!folder) return complain(to, folder.error());
  auto record = report::record_of(failing.result);
  record.id = small.what.case_id;
  record.replay = "nailbiter replay " + shell_word(folder->string());
  const auto before = explore::size_of(opened->what, *first);
  const auto text = story_of(small, failing, before, again) + fmt::format("replay: {}\n", record.replay);
  const auto written = kept.keep(failing.result, record, explore::to_binary(failing.record));
  if (!written) return complain(to, written.error());
  for (const auto& [name, content] : {std::pair{"shrunk.txt", text}, std::pair{"steps.txt", step_words(small.what, failing).all_steps()}}) {
    if (const auto said = report::write_atomically(*folder / name, content); !said) return complain(to, said.error());
  }
  to.out << text;
  return stop.taken() ? exit_code::interrupted : exit_code::holds;
}

}  // namespace nailbiter::command
