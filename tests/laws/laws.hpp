#pragma once

// The isolation laws of the project, each as a property of a subject. obs(a) is what a client's user sees: its
// streams, its exit code, how the connection ended. `a | b` is a beside b.

#include <string>

#include <rapidcheck.h>

#include "tests/laws/subject_support.hpp"

namespace nailbiter::laws {

/// Who plays: clients that stay to their end, and any.
struct cast {
  rc::Gen<plan::client> (*staying)(std::string name);
  rc::Gen<plan::client> (*any)(std::string name);
};
extern const cast coroutines;  // runs on their session's strand
extern const cast threads;     // runs of several threads, among them some of the others

/// A law that says whom it is about, of threads.
inline auto of_threads(void (*law_of)(subject&, const cast&)) {
  return [law_of](subject& held_by) { law_of(held_by, threads); };
}
inline auto of_coroutines(void (*law_of)(subject&, const cast&)) {
  return [law_of](subject& held_by) { law_of(held_by, coroutines); };
}

// contexts_support.cpp: who else is there makes no difference
void alone_equals_concurrent_among(subject& held_by, const cast& of);  // 1: obs(a) = obs(a | b, c)
void secrets_of_equal_shape_are_not_seen(subject& held_by);                         // 2: obs(a | b) = obs(a | b'), the same steps in lockstep
void a_predecessor_changes_nothing_among(subject& held_by, const cast& of);  // 3: obs(a) = obs(a after b), all ordered pairs
void the_cap_on_runs_changes_nothing(subject& held_by);                             // 7: runs_max 1 = any
void an_idle_neighbour_changes_nothing(subject& held_by);                           // 18

// orders_support.cpp
void a_run_can_be_repeated_among(subject& held_by, const cast& of);  // 4: obs(a) = obs(a after a)
void predecessors_commute(subject& held_by);       // 5: obs(c after a after b) = obs(c after b after a)
void names_make_no_difference(subject& held_by);   // 8: names permute observations
void a_restart_changes_nothing(subject& held_by);  // 16: obs(a) in this life of the daemon = in its next

// cancels_support.cpp
void a_header_cut_anywhere_changes_no_neighbour(subject& held_by);  // 6, the header
void a_cancelled_run_changes_no_neighbour(subject& held_by);        // 6, the run

// bytes_support.cpp: what is sent and how it is cut
void splitting_the_header_changes_nothing(subject& held_by);         // 9
void the_pieces_of_stdin_change_nothing(subject& held_by);           // 10
void a_run_sees_exactly_what_was_sent(subject& held_by);             // 11
void received_is_a_prefix_of_produced(subject& held_by);             // 12
void threads_are_received_as_they_wrote(subject& held_by);           // 12, by writer
void there_is_exactly_one_end(subject& held_by);                     // 14

// resources_support.cpp
void rounds_leave_nothing_behind(subject& held_by);  // 13: what is held does not grow with the rounds

// heartbeats_support.cpp
void more_heartbeats_never_hurt(subject& held_by);        // 15
void silence_ends_a_run_in_time(subject& held_by);        // 15, nobody else is touched

}  // namespace nailbiter::laws
