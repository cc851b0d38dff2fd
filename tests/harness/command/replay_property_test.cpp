// Replay, shrink and anchors for random scenarios: what they claim holds whatever was drawn.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "harness/command/shrinking.hpp"
#include "harness/explore/anchors.hpp"
#include "harness/explore/replay.hpp"
#include "tests/harness/command/planted_race_support.hpp"

namespace nailbiter::command {
namespace {

/// Up to four clients with a few steps each, some of which leave early.
plan::plan a_scenario(int clients_min = 1) {
  plan::plan what{.case_id = "drawn"};
  const int clients = *rc::gen::inRange(clients_min, 5);
  for (int i = 0; i < clients; ++i) {
    plan::client who{.name = std::string(1, static_cast<char>('a' + i))};
    who.script = *rc::gen::container<std::vector<std::string>>(
        *rc::gen::inRange(1, 4), rc::gen::element<std::string>("out x", "err y\\n", "stream 1 700", "stream 2 65", "cwd", "counter n"));
    if (*rc::gen::inRange(0, 3) == 2) who.script.push_back("exit " + std::to_string(*rc::gen::inRange(0, 9)));
    if (*rc::gen::inRange(0, 4) == 3) {
      who.ops = {{.kind = plan::op_kind::close}};
      who.expect.ends = plan::ending::no_answer;
      who.expect.stdout_is_prefix = who.expect.stderr_is_prefix = true;
    }
    what.clients.push_back(std::move(who));
  }
  return what;
}

std::uint64_t a_seed() { return *rc::gen::inRange<std::uint64_t>(0, 1'000'000); }

struct played {
  target::case_result result;
  explore::schedule record;
};

/// By the token: a fresh target and strategy, as another process would have them.
played play(const plan::plan& what, std::uint64_t seed, const target::sim_options& how) {
  target::simulated_target target(how);
  const auto decides = explore::make_strategy("portfolio");
  auto result = target.run(what, *decides, seed);
  return {std::move(result), explore::make_schedule(target.world().trace(), seed, "portfolio", "")};
}

RC_GTEST_PROP(Replay, of_a_token_and_of_a_schedule_gives_the_original, ()) {
  const auto what = a_scenario();
  const auto seed = a_seed();
  const auto original = play(what, seed, {});
  const auto again = play(what, seed, {});
  RC_ASSERT(again.record == original.record);
  RC_ASSERT(again.result.observed == original.result.observed);
  target::simulated_target target;
  const auto read_back = explore::parse_schedule(to_binary(original.record));
  RC_ASSERT(read_back.has_value());
  explore::replay follows(*read_back);
  const auto by_record = target.run(what, follows, seed);
  RC_ASSERT(!follows.divergence_at_end());
  RC_ASSERT(by_record.observed == original.result.observed);
}

/// With so many more steps of each run than the recorded program had.
target::sim_options changed_daemon(int extra_turns) {
  target::sim_options how;
  if (extra_turns == 0) return how;
  how.adds = [extra_turns](naild::nail::registry& nails) {
    nails.add("puppet", [extra_turns] { return std::make_unique<support::slower_puppet>(extra_turns); });
  };
  return how;
}

RC_GTEST_PROP(Anchors, never_claim_a_match_of_another_execution, ()) {
  const auto what = a_scenario();
  const auto seed = a_seed();
  const auto original = play(what, seed, {});
  target::simulated_target target(changed_daemon(*rc::gen::inRange(0, 3)));
  explore::anchored tries(original.record, target.world().trace());
  const auto tried = target.run(what, tries, seed);
  const auto match = tries.match();
  const auto now = explore::make_schedule(target.world().trace(), seed, "portfolio", "");
  const bool same = now == original.record;
  RC_TAG(same ? "the same program" : "another");
  RC_ASSERT(match.exact == same);
  RC_ASSERT((match.percent() == 100) == same);
  RC_ASSERT(match.matched <= std::min(match.recorded, match.ran));
  if (same) RC_ASSERT(tried.observed == original.result.observed);
}

RC_GTEST_PROP(Anchors, follow_an_unchanged_program_to_the_letter, ()) {
  const auto what = a_scenario();
  const auto seed = a_seed();
  const auto original = play(what, seed, {});
  target::simulated_target target;
  explore::anchored tries(original.record, target.world().trace());
  (void)target.run(what, tries, seed);
  RC_ASSERT(tries.match().exact);
}

void shrinking_keeps_the_failing_checker() {
  const auto what = a_scenario(2);
  const auto failed = support::first_failure(what, 100);
  RC_PRE(!failed.schedule.empty());
  reproduction again(failed.verdict, {}, support::racing_daemon());
  const auto first = again.search(what, {}, 200);
  RC_ASSERT(first.has_value());
  const auto small = shrink(what, *first, again, {.seeds = 20, .steps = 400'000});
  const auto failing = again.play(small.what, small.decisions);
  RC_ASSERT(again.is_the_same(failing.result));
  RC_ASSERT(failing.result.summary.checker == failed.verdict.checker);
  const auto before = explore::size_of(what, *first);
  const auto after = explore::size_of(small.what, small.decisions);
  RC_ASSERT(after.sessions <= before.sessions && after.events <= before.events);
}

// A shrink is hundreds of executions, so ten of them.
TEST(Shrinking, keeps_the_failing_checker) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = 10;
  const rc::detail::TestMetadata metadata{.id = "Shrinking/keeps_the_failing_checker", .description = "keeps_the_failing_checker"};
  const auto result = rc::detail::checkTestable([] { shrinking_keeps_the_failing_checker(); }, metadata, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << text.str();
}

}  // namespace
}  // namespace nailbiter::command
