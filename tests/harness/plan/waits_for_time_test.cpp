#include "harness/plan/waits_for_time.hpp"

#include <gtest/gtest.h>

namespace nailbiter::plan {
namespace {

plan of(client who) {
  plan what;
  what.clients.push_back(std::move(who));
  return what;
}

client plain() { return {.name = "a", .script = {"out x", "exit 3"}}; }

TEST(WaitsForTime, no_where_all_end_by_what_they_do) {
  client who = plain();
  who.heartbeat_ms = 50;
  who.ops = {{.kind = op_kind::until_exit}};
  EXPECT_FALSE(waits_for_time(of(who)));
}

TEST(WaitsForTime, yes_where_somebody_is_to_be_cut_or_to_look_again) {
  client cut = plain();
  cut.expect.ends = ending::cancelled;
  EXPECT_TRUE(waits_for_time(of(cut)));
  for (const op_kind kind : {op_kind::until_closed, op_kind::until_stdin_stuck, op_kind::stand_still, op_kind::stop_daemon}) {
    client who = plain();
    who.ops = {{.kind = kind}};
    EXPECT_TRUE(waits_for_time(of(who))) << name_of(kind);
  }
}

TEST(WaitsForTime, yes_where_the_daemon_is_given_a_limit) {
  plan what = of(plain());
  what.daemon_args = {"--runs-max=1"};
  EXPECT_FALSE(waits_for_time(what));
  what.daemon_args.push_back("--grace-ms=100");
  EXPECT_TRUE(waits_for_time(what));
}

TEST(WaitsForTime, yes_where_children_or_threads_may_be_waited_for) {
  client program = plain();
  program.as_program = true;
  EXPECT_TRUE(waits_for_time(of(program)));
  client blocking = plain();
  blocking.blocking = true;
  EXPECT_TRUE(waits_for_time(of(blocking)));
}

}  // namespace
}  // namespace nailbiter::plan
