#include "harness/command/lifting.hpp"

#include <gtest/gtest.h>

#include "harness/command/measurement.hpp"
#include "tests/harness/command/planted_race_support.hpp"

namespace nailbiter::command {
namespace {

lifting lifted_race(const plan::plan& what, const support::planted_failure& failing) {
  reproduction again(failing.verdict, {}, support::racing_daemon());
  const auto first = again.search(what, {}, 1'000);
  return lift(what, first.value_or(explore::decision_list{}), again);
}

/// Of so many schedules of the portfolio.
std::uint64_t failures(const plan::plan& what, const report::stored_verdict& wanted, std::uint64_t schedules) {
  target::simulated_target target(support::racing_daemon());
  const auto decides = explore::make_strategy("portfolio");
  std::uint64_t count = 0;
  for (std::uint64_t seed = 1; seed <= schedules; ++seed) count += fails_like(wanted, target.run(what, *decides, seed)) ? 1 : 0;
  return count;
}

TEST(Lifting, acts_are_those_of_the_history_in_its_order) {
  history::history observed;
  observed.what.clients = {{.name = "a"}, {.name = "b", .header = false}};
  using history::event_kind;
  const auto add = [&](event_kind kind, std::uint32_t actor, std::string text = {}) {
    observed.events.push_back({.kind = kind, .actor = actor, .text = std::move(text)});
  };
  add(event_kind::connected, 0);  // its header is its start
  add(event_kind::connected, 1);
  add(event_kind::sent_header, 0);
  add(event_kind::op_begun, 1, "close");
  add(event_kind::run_go, 0, "lift.0");
  add(event_kind::run_go, 0, "t");  // the plan's own
  add(event_kind::op_done, 1);
  add(event_kind::op_begun, 0, "until exit");
  add(event_kind::op_done, 0, "abandoned");
  add(event_kind::census, history::no_actor);
  using explore::act;
  EXPECT_EQ(acts_of(observed), (std::vector<act>{{act::kind::starts, 1}, {act::kind::starts, 0}, {act::kind::begins, 1}, {act::kind::passes, 0, "lift.0"},
                                                 {act::kind::ends, 1}, {act::kind::begins, 0}}));
}

TEST(Lifting, a_race_fails_more_often_in_its_order_than_as_it_stands) {
  const auto what = support::racing_plan();
  const auto failing = support::first_failure(what);
  const auto found = lifted_race(what, failing);
  EXPECT_TRUE(found.has_tokens);
  const auto plain = report::rate{failures(what, failing.verdict, 300), 300};
  const auto lifted = report::rate{failures(found.what, failing.verdict, 300), 300};
  std::cout << "as it stands " << to_string(plain) << "\nlifted " << to_string(lifted) << '\n';
  EXPECT_GT(report::wilson(lifted).low, report::wilson(plain).high);
}

}  // namespace
}  // namespace nailbiter::command
