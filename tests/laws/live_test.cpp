// The same laws over real sockets, with a small budget, and one that needs processes: nothing that naild was
// started with reaches a run.

#include <gtest/gtest.h>

#include "tests/laws/generators_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {
namespace {

class Live : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_FALSE(naild_program().empty()) << "no naild beside the tests";
  }

  static void expect_holds_live(const law& what, int cases = 12) {
    live_subject naild(target::naild_at(naild_program()));
    expect_holds(what, naild, cases);
  }
};

TEST_F(Live, alone_equals_concurrent) { expect_holds_live(of_coroutines(alone_equals_concurrent_among)); }
TEST_F(Live, secrets_are_not_seen) { expect_holds_live(secrets_of_equal_shape_are_not_seen); }
TEST_F(Live, a_predecessor_leaves_nothing_behind) { expect_holds_live(of_coroutines(a_predecessor_changes_nothing_among), 6); }
TEST_F(Live, a_run_can_be_repeated) { expect_holds_live(of_coroutines(a_run_can_be_repeated_among)); }
TEST_F(Live, the_cap_on_runs_is_not_seen) { expect_holds_live(the_cap_on_runs_changes_nothing, 8); }
TEST_F(Live, an_idle_neighbour_is_not_noticed) { expect_holds_live(an_idle_neighbour_changes_nothing); }
TEST_F(Live, a_header_cut_anywhere_is_not_noticed) { expect_holds_live(a_header_cut_anywhere_changes_no_neighbour, 3); }
TEST_F(Live, a_cancelled_run_is_not_noticed) { expect_holds_live(a_cancelled_run_changes_no_neighbour); }
TEST_F(Live, a_header_may_come_in_any_pieces) { expect_holds_live(splitting_the_header_changes_nothing); }
TEST_F(Live, stdin_may_come_in_any_pieces) { expect_holds_live(the_pieces_of_stdin_change_nothing); }
TEST_F(Live, a_run_sees_exactly_what_was_sent) { expect_holds_live(a_run_sees_exactly_what_was_sent); }
TEST_F(Live, received_is_a_prefix_of_produced) { expect_holds_live(received_is_a_prefix_of_produced); }
TEST_F(Live, there_is_exactly_one_end) { expect_holds_live(there_is_exactly_one_end); }

TEST_F(Live, threads_observe_the_same_alone_and_beside_others) { expect_holds_live(of_threads(alone_equals_concurrent_among)); }
TEST_F(Live, threads_of_a_predecessor_leave_nothing_behind) { expect_holds_live(of_threads(a_predecessor_changes_nothing_among), 6); }
TEST_F(Live, a_run_of_threads_can_be_repeated) { expect_holds_live(of_threads(a_run_can_be_repeated_among)); }
TEST_F(Live, threads_are_received_as_they_wrote) { expect_holds_live(threads_are_received_as_they_wrote); }

TEST_F(Live, resources_do_not_grow_with_the_rounds) { expect_holds_live(rounds_leave_nothing_behind, 4); }

TEST_F(Live, a_restart_is_not_noticed) { expect_holds_live(a_restart_changes_nothing, 6); }
TEST_F(Live, the_order_of_predecessors_is_not_seen) { expect_holds_live(predecessors_commute, 6); }
TEST_F(Live, names_are_not_seen) { expect_holds_live(names_make_no_difference, 6); }

/// naild as a careless user's shell starts it.
target::target_description poisoned(const std::string& by) {
  target::target_description naild = target::naild_at(naild_program());
  const std::vector<std::string> before{"/usr/bin/env", "A=poison", "NO=poison", "LANG=xx", "TZ=xx", "PATH=/nowhere", "SECRET=1",
                                        "/bin/sh", "-c", by + "; exec \"$0\" \"$@\""};
  naild.command.insert(naild.command.begin(), before.begin(), before.end());
  return naild;
}

/// All that a program finds around it.
plan::client a_program_that_looks_around() {
  plan::client who;
  who.name = "p";
  who.command = {"{program}", "/bin/sh", "-c",
                 "pwd; umask; env; ulimit -n; grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status; for fd in /proc/$$/fd/*; do echo ${fd##*/}; done"};
  who.environment = {"PATH=/usr/bin:/bin", "ONLY=this"};
  return who;
}

class PoisonedNaild : public Live, public testing::WithParamInterface<const char*> {};

TEST_P(PoisonedNaild, gives_its_runs_what_any_naild_gives) {
  live_subject poisoned_naild(poisoned(GetParam()));
  const law poison = [](subject& held_by) {
    live_subject plain(target::naild_at(naild_program()));
    std::vector<plan::client> clients{a_program_that_looks_around(), *a_client("a")};
    const played here = held_by.play(plan_of(clients), 1);
    const played there = plain.play(plan_of(clients), 1);
    for (std::size_t i = 0; i < clients.size(); ++i) require_same("what naild was started with must not be seen", there, i, here, i);
  };
  expect_holds(poison, poisoned_naild, 3);
}

INSTANTIATE_TEST_SUITE_P(By, PoisonedNaild,
                         testing::Values("umask 077", "cd /proc", "exec 9</dev/null", "exec <&-", "trap '' INT PIPE HUP USR1", "umask 0; cd /usr; exec 0<&- 7>&1"),
                         [](const testing::TestParamInfo<const char*>& each) { return "case_" + std::to_string(each.index); });

}  // namespace
}  // namespace nailbiter::laws
