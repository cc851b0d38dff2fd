// Every law is seen to fail: held against a daemon with a planted bug of its kind it must find a case. The bugs that no
// nail can have stand in the catalogue of mutants; README.md says which law sees which.

#include <gtest/gtest.h>

#include <iostream>

#include "tests/laws/faulty_nail_support.hpp"
#include "tests/laws/law_support.hpp"
#include "tests/laws/laws.hpp"

namespace nailbiter::laws {
namespace {

struct planted {
  const char* name;
  law broken;
  fault by;
};

class Planted : public testing::TestWithParam<planted> {};

TEST_P(Planted, bug_is_found_by_its_law) {
  const planted_bug bug = GetParam().by < fault::threads_speak_elsewhere ? faulty_puppet(GetParam().by) : faulty_threads(GetParam().by);
  simulated_subject faulty(bug.adds, bug.forget, bug.blocking);
  const auto result = check(GetParam().broken, faulty, 500);
  ASSERT_TRUE(result.template is<rc::detail::FailureResult>()) << "the law has not noticed it";
  const auto& failure = result.template get<rc::detail::FailureResult>();
  std::cout << "found after " << failure.numSuccess << " cases, shrunk to: " << failure.description << '\n';
}

INSTANTIATE_TEST_SUITE_P(
    OfEachKind, Planted,
    testing::Values(planted{"concurrent_directory", of_coroutines(alone_equals_concurrent_among), fault::leaks_directory},
                    planted{"concurrent_busy", of_coroutines(alone_equals_concurrent_among), fault::tells_it_is_busy},
                    planted{"secret_environment", secrets_of_equal_shape_are_not_seen, fault::leaks_environment},
                    planted{"secret_steps", secrets_of_equal_shape_are_not_seen, fault::hurries_by_content},
                    planted{"predecessor_environment", of_coroutines(a_predecessor_changes_nothing_among), fault::leaks_environment},
                    planted{"predecessor_arguments", of_coroutines(a_predecessor_changes_nothing_among), fault::keeps_last_arguments},
                    planted{"repetition_count", of_coroutines(a_run_can_be_repeated_among), fault::counts_runs},
                    planted{"order_of_arguments", predecessors_commute, fault::keeps_last_arguments},
                    planted{"name_in_code", names_make_no_difference, fault::knows_names},
                    planted{"restart_remembered", a_restart_changes_nothing, fault::outlives_its_daemon},
                    planted{"stdin_pieces_counted", the_pieces_of_stdin_change_nothing, fault::counts_pieces},
                    planted{"header_cut_poisons", a_header_cut_anywhere_changes_no_neighbour, fault::poisoned_by_cancel},
                    planted{"run_cut_poisons", a_cancelled_run_changes_no_neighbour, fault::poisoned_by_cancel},
                    planted{"run_cut_hits_neighbour", a_cancelled_run_changes_no_neighbour, fault::cancel_hits_neighbour},
                    planted{"cap_busy", the_cap_on_runs_changes_nothing, fault::tells_it_is_busy},
                    planted{"frame_environment", a_run_sees_exactly_what_was_sent, fault::leaks_environment},
                    planted{"prefix_arguments", received_is_a_prefix_of_produced, fault::keeps_last_arguments},
                    planted{"rounds_leave_timers", rounds_leave_nothing_behind, fault::leaves_a_timer},
                    planted{"rounds_leave_connections", rounds_leave_nothing_behind, fault::leaves_a_connection},
                    planted{"silence_hits_neighbour", silence_ends_a_run_in_time, fault::cancel_hits_neighbour},
                    planted{"threads_elsewhere", of_threads(alone_equals_concurrent_among), fault::threads_speak_elsewhere},
                    planted{"threads_elsewhere_by_writer", threads_are_received_as_they_wrote, fault::threads_speak_elsewhere},
                    planted{"threads_level_of_predecessor", of_threads(a_predecessor_changes_nothing_among), fault::threads_share_a_level},
                    planted{"threads_repetition_count", of_threads(a_run_can_be_repeated_among), fault::threads_count_runs},
                    planted{"idler_busy", an_idle_neighbour_changes_nothing, fault::tells_it_is_busy}),
    [](const testing::TestParamInfo<planted>& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace nailbiter::laws
