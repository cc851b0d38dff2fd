#include "harness/explore/lift.hpp"

#include <gtest/gtest.h>

namespace nailbiter::explore {
namespace {

using plan::op;
using plan::op_kind;

plan::plan two_clients() {
  plan::plan what{.case_id = "toy"};
  what.clients.push_back({.name = "a", .script = {"out x", "wait t", "exit 3"}, .ops = {{.kind = op_kind::until_exit}}});
  what.clients.push_back({.name = "b", .command = {"cat"}, .ops = {{.kind = op_kind::half_close}}});
  return what;
}

act starts(std::uint32_t client) { return {.what = act::kind::starts, .client = client}; }
act begins(std::uint32_t client) { return {.what = act::kind::begins, .client = client}; }
act ends(std::uint32_t client) { return {.what = act::kind::ends, .client = client}; }
act passes(std::uint32_t client, std::string token) { return {.what = act::kind::passes, .client = client, .token = std::move(token)}; }

std::vector<std::string> texts(const std::vector<op>& ops) {
  std::vector<std::string> all;
  for (const op& each : ops) all.push_back(to_string(each));
  return all;
}

using lines = std::vector<std::string>;

TEST(Lift, a_script_waits_before_each_step_that_does_not_wait_by_itself) {
  const auto made = with_tokens(two_clients());
  EXPECT_EQ(made.clients[0].script, (lines{"wait lift.0", "out x", "wait t", "wait lift.1", "exit 3"}));
  EXPECT_EQ(texts(made.clients[0].ops), (lines{"go lift.0", "go lift.1", "until exit"}));
  EXPECT_EQ(made.clients[1], two_clients().clients[1]) << "a command is no script";
}

TEST(Lift, acts_take_turns_in_the_order_in_which_they_were_done) {
  const auto lifted = in_this_order(two_clients(), {starts(1), starts(0), begins(0), ends(0), begins(0), ends(0), begins(0), passes(0, "lift.0"),
                                                    begins(1), ends(1), passes(0, "lift.1"), ends(0)}, puppets::told);
  EXPECT_EQ(lifted.clients[1].starts_at_turn, 1u);
  EXPECT_EQ(lifted.clients[0].starts_at_turn, 2u);
  EXPECT_EQ(texts(lifted.clients[0].ops),
            (lines{"until at lift.0", "turn 3", "go lift.0", "until at lift.1", "turn 5", "go lift.1", "until exit"}));
  EXPECT_EQ(texts(lifted.clients[1].ops), (lines{"turn 4", "half-close"}));
  EXPECT_EQ(lifted.clients[0].script, with_tokens(two_clients()).clients[0].script);
}

TEST(Lift, what_was_never_reached_comes_last_and_holds_nobody_up) {
  const auto lifted = in_this_order(two_clients(), {starts(0), begins(0), ends(0), begins(0), ends(0), begins(0), passes(0, "lift.0")}, puppets::told);
  EXPECT_EQ(texts(lifted.clients[0].ops), (lines{"until at lift.0", "turn 2", "go lift.0", "go lift.1", "until exit"}));
  EXPECT_EQ(texts(lifted.clients[1].ops), (lines{"half-close"}));
  EXPECT_EQ(lifted.clients[1].starts_at_turn, 0u);
}

TEST(Lift, a_client_that_has_left_releases_its_run_without_waiting_for_its_news) {
  auto what = two_clients();
  what.clients[0].ops = {{.kind = op_kind::close}};
  const auto lifted = in_this_order(what, {begins(0), ends(0), begins(0), ends(0), begins(0), ends(0), passes(0, "lift.0")}, puppets::told);
  EXPECT_EQ(texts(lifted.clients[0].ops), (lines{"turn 1", "close", "turn 2", "go lift.0", "go lift.1"}));
}

TEST(Lift, a_client_that_follows_another_keeps_doing_so) {
  auto what = two_clients();
  what.clients[1].starts_after = "a";
  const auto lifted = in_this_order(what, {starts(0), starts(1)}, puppets::told);
  EXPECT_EQ(lifted.clients[1].starts_at_turn, 0u);
  EXPECT_EQ(lifted.clients[1].starts_after, "a");
}

TEST(Lift, silent_puppets_leave_the_order_of_the_clients) {
  const auto lifted = in_this_order(two_clients(), {starts(0), starts(1), begins(1), ends(1), begins(0), ends(0)}, puppets::silent);
  EXPECT_EQ(lifted.clients[0].script, two_clients().clients[0].script);
  EXPECT_EQ(texts(lifted.clients[0].ops), (lines{"until exit"}));
  EXPECT_EQ(texts(lifted.clients[1].ops), (lines{"turn 3", "half-close"}));
}

TEST(Lift, only_so_many_steps_of_a_script_get_a_token) {
  plan::plan what{.case_id = "toy"};
  what.clients.push_back({.name = "a", .script = lines(lift_tokens_max + 5, "out x")});
  const auto made = with_tokens(what);
  EXPECT_EQ(made.clients[0].ops.size(), lift_tokens_max);
  EXPECT_EQ(made.clients[0].script.size(), 2 * lift_tokens_max + 5);
  EXPECT_TRUE(is_lift_token(made.clients[0].ops.back().text));
  EXPECT_FALSE(is_lift_token("t"));
}

}  // namespace
}  // namespace nailbiter::explore
