#include "harness/check/render_witness.hpp"

#include <gtest/gtest.h>

namespace nailbiter::check {
namespace {

history::history two_sessions() {
  history::history observed;
  observed.what.clients.resize(2);
  observed.what.clients[0].name = "a";
  observed.what.clients[1].name = "b";
  observed.events = {
      {history::event_kind::closed, 0, 1'500'000, 0, 0, {}},
      {history::event_kind::received_chunk, 1, 2'000'000, 'X', 2, "-1"},
      {history::event_kind::quiescent, history::no_actor, 3'000'000, 0, 0, "the run of a"},
  };
  return observed;
}

TEST(RenderWitness, gives_each_session_a_column) {
  const verdict found{outcome::fail, "cancellation", reason::not_cancelled, {}, {0, 1, 2}};
  EXPECT_EQ(render_witness(two_sessions(), found),
            "   event           ms  a                                 b                                 (world)\n"
            "       0        1.500  closed\n"
            "       1        2.000                                    received_chunk X 2 \"-1\"\n"
            "       2        3.000                                                                      quiescent "
            "\"the run of a\"\n");
}

TEST(RenderHistory, shows_every_event_and_marks_the_witness) {
  const verdict found{outcome::fail, "cancellation", reason::not_cancelled, {}, {1}};
  EXPECT_EQ(render_history(two_sessions(), found, 2),
            "   event           ms  a                                 b                                 (world)\n"
            "       0        1.500  closed\n"
            "       1        2.000*                                   received_chunk X 2 \"-1\"\n"
            "       1 more\n");
}

TEST(RenderWitness, is_empty_without_a_witness) { EXPECT_EQ(render_witness(two_sessions(), {}), ""); }

TEST(RenderWitness, leaves_out_what_is_not_in_the_history) {
  const verdict found{outcome::fail, "exit", reason::no_exit, {}, {99}};
  EXPECT_EQ(render_witness(two_sessions(), found), "");
}

}  // namespace
}  // namespace nailbiter::check
