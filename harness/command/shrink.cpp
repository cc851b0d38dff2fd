#include <limits>

#include <fmt/format.h>

#include "harness/command/catalogue.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/evidence.hpp"
#include "harness/command/explanation.hpp"
#include "harness/command/failure.hpp"
#include "harness/command/reproduction.hpp"
#include "harness/report/atomic_file.hpp"
#include "harness/target/interruption.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t first_search_seeds = 3000;  // for folders of live failures, which have no schedule
constexpr std::uint64_t plan_attempts_max = 600;
constexpr std::uint64_t schedule_attempts_max = 4000;

exit_code complain(terminal to, const std::string& text, exit_code code = exit_code::harness_fault) {
  to.err << "nailbiter shrink: " << text << '\n';
  return code;
}

tl::expected<explore::decision_list, std::string> recorded(const failure& kept) {
  if (kept.schedule.empty()) return explore::decision_list{};
  const auto schedule = explore::parse_schedule(kept.schedule);
  if (!schedule) return tl::unexpected(fmt::format("schedule.bin: {}", explore::describe(schedule.error())));
  return explore::decisions_of(*schedule);
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

}  // namespace

exit_code execute(const shrink_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {}, .scenarios = how.scenarios});
  if (!all) return complain(to, all.error().text, all.error().code);
  const auto opened = open_failure(how.folder, *all);
  if (!opened) return complain(to, opened.error(), exit_code::usage);
  const auto start = recorded(*opened);
  if (!start) return complain(to, start.error(), exit_code::usage);

  target::interruption stop;
  reproduction again(opened->verdict, [&stop] { return stop.taken(); });
  const auto first = again.search(opened->what, *start, opened->schedule.empty() ? first_search_seeds : 0);
  if (!first) return complain(to, "it does not fail here in the same way: nothing to shrink", exit_code::unknown);
  again.judge_by(opened->what);

  const auto search = [&](const auto& what, const auto& wanted) { return again.search(what, wanted, how.seeds); };
  auto small = explore::shrink_plan(opened->what, *first, search, plan_attempts_max);
  const auto follow = [&](const auto& what, const auto& wanted) { return again.follow(what, wanted); };
  small = explore::shrink_decisions(std::move(small.what), std::move(small.decisions), follow, schedule_attempts_max);

  const auto failing = again.play(small.what, small.decisions);
  if (!again.is_the_same(failing.result) || !replays(small.what, failing, again)) return complain(to, "the shrunk failure does not replay");
  const auto before = explore::size_of(opened->what, *first);
  const auto after = explore::size_of(small.what, small.decisions);
  evidence kept(how.out, run_name(), process_environment());
  const auto folder = kept.folder_of(small.what.case_id);
  if (!folder) return complain(to, folder.error());
  auto record = report::record_of(failing.result);
  record.id = small.what.case_id;
  record.replay = "nailbiter replay " + shell_word(folder->string());
  const auto text = fmt::format("{}: {}\n{}\nshrunk in {} executions, from {}:\n{}{}\n{}\nwitness:\n{}replay: {}\n", record.summary.checker,
                                check::describe(record.summary.why), explore::to_string(after), again.executions(),
                                explore::to_string(before), removed(before, after), "what is left:\n" + steps_of(small.what),
                                explain(again, small.what, small.decisions, failing), record.witness, record.replay);
  const auto written = kept.keep(failing.result, record, explore::to_binary(failing.record));
  if (!written) return complain(to, written.error());
  if (const auto said = report::write_atomically(*folder / "shrunk.txt", text); !said) return complain(to, said.error());
  to.out << text;
  return stop.taken() ? exit_code::interrupted : exit_code::holds;
}

}  // namespace nailbiter::command
