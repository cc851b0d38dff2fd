#include "harness/explore/shrink.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace nailbiter::explore {
namespace {

plan::client client_of(std::string name, std::vector<std::string> script, std::vector<plan::op> ops = {}) {
  plan::client who;
  who.name = std::move(name);
  who.script = std::move(script);
  who.ops = std::move(ops);
  return who;
}

bool says(const plan::plan& what, const std::string& name, const std::string& step) {
  return std::ranges::any_of(what.clients, [&](const plan::client& who) {
    return who.name == name && std::ranges::find(who.script, step) != who.script.end();
  });
}

plan::plan crowd(std::size_t clients) {
  plan::plan what{.case_id = "toy/crowd"};
  for (std::size_t i = 0; i < clients; ++i) {
    what.clients.push_back(client_of("c" + std::to_string(i), {"wait t", "out text", "stream 1 4096", "exit 3"},
                                     {{.kind = plan::op_kind::until_at, .text = "t"}, {.kind = plan::op_kind::go, .text = "t"}}));
  }
  return what;
}

TEST(ShrinkPlan, keeps_only_the_two_clients_that_it_needs) {
  const auto fails = [](const plan::plan& what, const decision_list& wanted) -> std::optional<decision_list> {
    if (says(what, "c3", "exit 3") && says(what, "c11", "exit 3")) return wanted;
    return std::nullopt;
  };
  const auto small = shrink_plan(crowd(16), {}, fails, 10'000);
  EXPECT_EQ(size_of(small.what, small.decisions), (failure_size{.sessions = 2, .events = 2}));
}

TEST(ShrinkPlan, takes_a_wait_together_with_the_ops_that_end_it) {
  const auto fails = [](const plan::plan& what, const decision_list& wanted) -> std::optional<decision_list> {
    if (what.clients.size() != 1) return std::nullopt;
    const auto& who = what.clients[0];
    const bool waits = std::ranges::find(who.script, "wait t") != who.script.end();
    if (waits != (who.ops.size() == 2) || !says(what, "c0", "exit 3")) return std::nullopt;
    return wanted;
  };
  const auto small = shrink_plan(crowd(1), {}, fails, 10'000);
  EXPECT_EQ(small.what.clients[0].script, std::vector<std::string>{"exit 3"});
  EXPECT_TRUE(small.what.clients[0].ops.empty());
}

TEST(ShrinkPlan, forgets_waits_for_clients_that_are_gone) {
  plan::plan what = crowd(2);
  what.clients[1].starts_after = "c0";
  what.clients[1].ops.push_back({.kind = plan::op_kind::until_client, .text = "c0"});
  const auto fails = [](const plan::plan& one, const decision_list& wanted) -> std::optional<decision_list> {
    return says(one, "c1", "exit 3") ? std::optional(wanted) : std::nullopt;
  };
  const auto small = shrink_plan(what, {}, fails, 10'000);
  ASSERT_EQ(small.what.clients.size(), 1u);
  EXPECT_TRUE(small.what.clients[0].starts_after.empty());
}

/// As of a daemon that never ends a run: whatever is left of the plan fails.
std::optional<decision_list> always(const plan::plan& what, const decision_list& wanted) {
  return what.clients.empty() ? std::nullopt : std::optional(wanted);
}

TEST(ShrinkPlan, leaves_a_run_that_waits_for_its_client_what_ends_it) {
  plan::plan what{.case_id = "toy/waits"};
  what.clients.push_back(client_of("a", {"hang"}, {{.kind = plan::op_kind::until_started}, {.kind = plan::op_kind::half_close}}));
  const auto left = shrink_plan(what, {}, always, 1'000).what.clients.at(0);
  EXPECT_EQ(left.ops, (std::vector<plan::op>{{.kind = plan::op_kind::half_close}}));

  what.clients[0] = client_of("a", {"cat"});
  what.clients[0].stdin_from = plan::stdin_source::text;
  what.clients[0].stdin_text = "abc";
  EXPECT_EQ(shrink_plan(what, {}, always, 1'000).what.clients.at(0).stdin_from, plan::stdin_source::empty);
}

TEST(ShrinkPlan, of_a_plan_that_hangs_by_itself_takes_what_it_can) {
  plan::plan what{.case_id = "toy/hangs"};
  what.clients.push_back(client_of("a", {"hang"}, {{.kind = plan::op_kind::until_started}}));
  EXPECT_TRUE(shrink_plan(what, {}, always, 1'000).what.clients.at(0).ops.empty());
}

TEST(ShrinkPlan, ends_at_its_bound) {
  const auto fails = [](const plan::plan&, const decision_list&) -> std::optional<decision_list> { return std::nullopt; };
  EXPECT_EQ(shrink_plan(crowd(16), {}, fails, 3).attempts, 3u);
}

RC_GTEST_PROP(ShrinkDecisions, what_is_left_fails_and_each_decision_is_needed, ()) {
  const auto steps = *rc::gen::container<std::vector<std::uint16_t>>(rc::gen::inRange<std::uint16_t>(0, 5));
  const auto wanted = *rc::gen::container<std::vector<bool>>(steps.size(), rc::gen::arbitrary<bool>());
  // Fails when every place that matters still has a decision other than 0.
  const auto fails = [&](const plan::plan&, const decision_list& list) -> std::optional<decision_list> {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (wanted[i] && steps[i] != 0 && (i >= list.steps.size() || list.steps[i] == 0)) return std::nullopt;
    }
    return list;
  };
  const auto small = shrink_decisions({.case_id = "toy"}, {.steps = steps, .choices = {}}, fails, 100'000);
  RC_ASSERT(fails(small.what, small.decisions).has_value());
  for (std::size_t i = 0; i < small.decisions.steps.size(); ++i) {
    RC_ASSERT(small.decisions.steps[i] == (wanted[i] && steps[i] != 0 ? 1 : 0));
  }
}

TEST(FailureSize, is_told_in_the_words_of_the_report) {
  EXPECT_EQ(to_string({.sessions = 3, .events = 7, .preemptions = 2}), "3 sessions, 7 events, 2 preemptions");
  EXPECT_EQ(to_string({.sessions = 1, .events = 1, .preemptions = 0, .data_choices = 1}),
            "1 session, 1 event, 0 preemptions, 1 cut transfer");
}

}  // namespace
}  // namespace nailbiter::explore
