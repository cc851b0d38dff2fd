#include "harness/command/shrinking.hpp"

#include <utility>

#include <fmt/core.h>

#include "harness/check/render_witness.hpp"
#include "harness/command/explanation.hpp"
#include "harness/command/plan_words.hpp"
#include "harness/explore/replay.hpp"

namespace nailbiter::command {
namespace {

constexpr std::uint64_t plan_attempts_max = 1500;
constexpr std::uint64_t decisions_attempts_max = 4000;
constexpr std::uint64_t calm_attempts_max = 20'000;
constexpr std::uint32_t calm_departures_max = 3;
constexpr std::size_t table_lines_max = 60;

std::string removed(const explore::failure_size& before, const explore::failure_size& after) {
  const auto text = [](const char* word, std::size_t had, std::size_t has) {
    return had == has ? std::string() : fmt::format("  {} {} -> {}\n", word, had, has);
  };
  return text("sessions", before.sessions, after.sessions) + text("events", before.events, after.events) +
         text("preemptions", before.preemptions, after.preemptions) + text("cut writes or reads", before.data_choices, after.data_choices);
}

}  // namespace

explore::shrunk shrink(const plan::plan& what, const explore::decision_list& first, reproduction& again, const shrink_effort& how) {
  again.judge_by(what);
  const auto search = [&](const auto& smaller, const auto& wanted) { return again.search(smaller, wanted, how.seeds); };
  again.allow(how.steps / 2);
  auto small = explore::shrink_plan(what, first, search, plan_attempts_max);
  const auto follow = [&](const auto& smaller, const auto& wanted) { return again.follow(smaller, wanted); };
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

bool replays(const plan::plan& what, const execution& failing, reproduction& again) {
  const auto record = explore::parse_schedule(explore::to_binary(failing.record));
  if (!record) return false;
  explore::replay follows(*record);
  const auto second = again.play(what, follows, record->seed);
  return !follows.divergence_at_end() && second.result.observed == failing.result.observed;
}

std::string story_of(const explore::shrunk& small, const execution& failing, const explore::failure_size& before, reproduction& again) {
  const auto& summary = failing.result.summary;
  const auto after = explore::size_of(small.what, small.decisions);
  const auto executions = again.executions();
  const auto sentence = explain(again, small.what, failing);
  return fmt::format("{}: {}\n{}\n\n{}\n\n{}\nwhat is left:\n{}\nshrunk in {} executions, from {}:\n{}", summary.checker,
                     check::describe(summary.why), explore::to_string(after), sentence,
                     check::render_history(failing.result.observed, summary, table_lines_max), steps_of(small.what), executions,
                     explore::to_string(before), removed(before, after));
}

}  // namespace nailbiter::command
