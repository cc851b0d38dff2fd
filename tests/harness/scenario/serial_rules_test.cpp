#include "harness/scenario/serial_rules.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/dialect_rules.hpp"

namespace nailbiter::scenario {
namespace {

using plan::op_kind;

plan::client runs(std::string name, std::vector<std::string> script) { return {.name = std::move(name), .script = std::move(script)}; }

plan::plan of(std::vector<plan::client> clients) {
  plan::plan what;
  what.clients = std::move(clients);
  return what;
}

TEST(SerialRules, take_away_the_barriers_at_which_several_meet_and_no_other) {
  const auto fitted = in_turn(of({runs("a", {"barrier all", "barrier mine", "env V"}), runs("b", {"barrier all", "exit 3"})}));
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->clients[0].script, (std::vector<std::string>{"barrier mine", "env V"}));
  EXPECT_EQ(fitted->clients[1].script, (std::vector<std::string>{"exit 3"}));
}

TEST(SerialRules, leave_it_to_the_daemon_who_goes_first_where_nobody_waits_for_another) {
  const auto fitted = in_turn(of({runs("a", {"barrier all", "exit 1"}), runs("b", {"barrier all", "exit 2"})}));
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->clients[0].starts_after, "");
  EXPECT_EQ(fitted->clients[1].starts_after, "");
}

TEST(SerialRules, keep_a_run_that_only_came_to_meet_somebody) {
  const auto fitted = in_turn(of({runs("a", {"barrier all"}), runs("b", {"barrier all", "exit 3"})}));
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->clients[0].script, (std::vector<std::string>{"exit 0"}));
}

TEST(SerialRules, start_whoever_waits_for_the_end_of_another_after_him) {
  plan::plan what = of({runs("a", {"wait t"}), runs("b", {"hang"}), runs("c", {"exit 3"})});
  what.clients[0].ops = {{.kind = op_kind::until_client, .text = "b"}, {.kind = op_kind::go, .text = "t"}};
  const auto fitted = in_turn(what);
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->clients[1].starts_after, "");   // b, c, a
  EXPECT_EQ(fitted->clients[2].starts_after, "b");
  EXPECT_EQ(fitted->clients[0].starts_after, "c");
}

TEST(SerialRules, rule_out_clients_that_wait_for_each_other) {
  plan::plan what = of({runs("a", {"exit 1"}), runs("b", {"exit 2"})});
  what.clients[0].ops = {{.kind = op_kind::until_client, .text = "b"}};
  what.clients[1].starts_after = "a";
  EXPECT_FALSE(in_turn(what));
}

TEST(SerialRules, rule_out_what_is_about_running_at_once) {
  plan::plan what = of({runs("a", {"exit 1"}), runs("b", {"exit 2"})});
  what.requires_ids = {"F2"};
  EXPECT_EQ(in_turn(what).error(), "the dialect does not run commands at the same time (runs = in-turn)");
  EXPECT_FALSE(in_turn(of({runs("a", {"thread barrier all"}), runs("b", {"barrier all"})})));
  what.clients.pop_back();
  EXPECT_EQ(in_turn(what), what);  // alone
}

TEST(SerialRules, hold_for_the_dialect_that_says_so) {
  const auto what = of({runs("a", {"barrier all", "exit 1"}), runs("b", {"barrier all", "exit 2"})});
  dialect speaks = naild_dialect();
  EXPECT_EQ(in_dialect(what, speaks), what);
  speaks["runs"] = "in-turn";
  EXPECT_EQ(in_dialect(what, speaks)->clients[0].script, (std::vector<std::string>{"exit 1"}));
}

}  // namespace
}  // namespace nailbiter::scenario
