// The laws, held against the simulated core: a few thousand plans under random schedules.

#include <gtest/gtest.h>

#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {
namespace {

TEST(Contexts, a_run_observes_the_same_alone_and_beside_others) { expect_holds_simulated(of_coroutines(alone_equals_concurrent_among), 1000); }

TEST(Contexts, a_neighbours_secret_changes_neither_bytes_nor_steps) { expect_holds_simulated(secrets_of_equal_shape_are_not_seen, 1000); }

TEST(Contexts, a_predecessor_leaves_nothing_behind) { expect_holds_simulated(of_coroutines(a_predecessor_changes_nothing_among), 300); }

TEST(Orders, a_run_can_be_repeated) { expect_holds_simulated(of_coroutines(a_run_can_be_repeated_among), 1000); }

TEST(Orders, of_predecessors_is_not_seen) { expect_holds_simulated(predecessors_commute, 500); }

TEST(Orders, of_names_is_not_seen) { expect_holds_simulated(names_make_no_difference, 500); }

TEST(Orders, of_lives_is_not_seen) { expect_holds_simulated(a_restart_changes_nothing, 500); }

TEST(Contexts, the_cap_on_runs_is_not_seen) { expect_holds_simulated(the_cap_on_runs_changes_nothing, 500); }

TEST(Contexts, an_idle_neighbour_is_not_noticed) { expect_holds_simulated(an_idle_neighbour_changes_nothing, 500); }

TEST(Cancels, a_header_that_is_cut_anywhere_is_not_noticed) { expect_holds_simulated(a_header_cut_anywhere_changes_no_neighbour, 150); }

TEST(Cancels, a_cancelled_run_is_not_noticed) { expect_holds_simulated(a_cancelled_run_changes_no_neighbour, 700); }

TEST(Bytes, a_header_may_come_in_any_pieces) { expect_holds_simulated(splitting_the_header_changes_nothing, 700); }

TEST(Bytes, stdin_may_come_in_any_pieces) { expect_holds_simulated(the_pieces_of_stdin_change_nothing, 700); }

TEST(Bytes, a_run_sees_its_arguments_environment_and_directory) { expect_holds_simulated(a_run_sees_exactly_what_was_sent, 500); }

TEST(Bytes, what_is_received_is_a_prefix_of_what_was_produced) { expect_holds_simulated(received_is_a_prefix_of_produced, 700); }

TEST(Bytes, there_is_exactly_one_end) { expect_holds_simulated(there_is_exactly_one_end, 700); }

TEST(Threads, of_a_run_observe_the_same_alone_and_beside_others) { expect_holds_simulated(of_threads(alone_equals_concurrent_among), 1000); }

TEST(Threads, of_a_predecessor_leave_nothing_behind) { expect_holds_simulated(of_threads(a_predecessor_changes_nothing_among), 300); }

TEST(Threads, of_a_run_can_be_repeated) { expect_holds_simulated(of_threads(a_run_can_be_repeated_among), 1000); }

TEST(Threads, are_received_as_they_wrote) { expect_holds_simulated(threads_are_received_as_they_wrote, 1000); }

TEST(Resources, do_not_grow_with_the_rounds) { expect_holds_simulated(rounds_leave_nothing_behind, 300); }

TEST(Heartbeats, more_of_them_never_hurt) { expect_holds_simulated(more_heartbeats_never_hurt, 400); }

TEST(Heartbeats, a_client_that_stops_is_ended_in_time_and_nobody_else) { expect_holds_simulated(silence_ends_a_run_in_time, 400); }

}  // namespace
}  // namespace nailbiter::laws
