// What reached the failing session from outside, in executions written by hand.

#include "harness/command/set_off.hpp"

#include <gtest/gtest.h>

#include "harness/actor/setting.hpp"

namespace nailbiter::command {
namespace {

using naild::task::step_kind;

constexpr explore::strand_id ann = 1, bob = 2, session_of_ann = 3, session_of_bob = 4, daemon = 5, control = 6;
constexpr std::uint32_t nobody = ~std::uint32_t{0};

class Set_off : public testing::Test {
 protected:
  Set_off() {
    what_.clients = {{.name = "ann"}, {.name = "bob"}};
    done_.record.strands = {{.session = 0, .name = "clock"},
                            {.session = actor::actor_session(0), .name = "client"},
                            {.session = actor::actor_session(1), .name = "client"},
                            {.session = 1, .name = "session"},
                            {.session = 2, .name = "session"},
                            {.session = 0, .name = "daemon"},
                            {.session = actor::control_session, .name = "control"}};
    step(ann, nobody, step_kind::spawn);
    step(bob, nobody, step_kind::spawn);
  }

  /// Its place.
  std::uint32_t step(explore::strand_id strand, std::uint32_t origin, step_kind kind = step_kind::post) {
    done_.record.steps.push_back({.strand = strand, .kind = kind});
    done_.origins.push_back(origin);
    done_.events_after.push_back(static_cast<std::uint32_t>(done_.result.observed.events.size()));
    return static_cast<std::uint32_t>(done_.origins.size() - 1);
  }

  /// What the witness is; in the last step.
  void seen_by(std::uint32_t actor) {
    done_.result.summary.witness = {done_.result.observed.events.size()};
    done_.result.observed.events.push_back({.kind = history::event_kind::received_chunk, .actor = actor});
    done_.events_after.back() = static_cast<std::uint32_t>(done_.result.observed.events.size());
  }

  std::optional<std::size_t> found() const { return set_off_by(done_, step_owners(what_, done_)); }

  plan::plan what_{.case_id = "set off"};
  execution done_;
};

TEST_F(Set_off, is_a_step_of_another_clients_session) {
  const auto trespass = step(session_of_ann, nobody);
  step(session_of_bob, trespass);
  seen_by(1);
  EXPECT_EQ(found(), trespass);
}

TEST_F(Set_off, is_no_step_of_the_session_itself) {
  const auto own = step(session_of_bob, nobody);
  step(session_of_bob, own);
  seen_by(1);
  EXPECT_EQ(found(), std::nullopt);
}

TEST_F(Set_off, is_the_last_of_several) {
  const auto first = step(session_of_ann, nobody);
  step(session_of_bob, first);
  const auto second = step(session_of_ann, nobody);
  step(session_of_bob, second);
  seen_by(1);
  EXPECT_EQ(found(), second);
}

TEST_F(Set_off, lies_before_the_witness) {
  const auto before = step(session_of_ann, nobody);
  step(session_of_bob, before);
  seen_by(1);
  step(daemon, nobody);
  const auto after = step(session_of_ann, nobody);
  step(session_of_bob, after);
  EXPECT_EQ(found(), before);
}

TEST_F(Set_off, is_the_firing_of_a_timer_for_the_session_or_for_the_daemon) {
  const auto own_timer = step(explore::clock_strand, nobody);
  step(session_of_bob, own_timer);
  seen_by(1);
  EXPECT_EQ(found(), own_timer);
  const auto daemons_timer = step(explore::clock_strand, nobody);
  const auto look = step(daemon, daemons_timer);
  step(session_of_bob, look);
  seen_by(1);
  EXPECT_EQ(found(), daemons_timer);
}

TEST_F(Set_off, is_nothing_that_the_daemon_was_made_to_do_or_that_comes_from_outside_of_it) {
  const auto connected = step(bob, nobody);
  const auto accepted = step(daemon, connected);
  step(session_of_bob, accepted);
  for (const auto strand : {control, ann}) step(session_of_bob, step(strand, nobody));
  seen_by(1);
  EXPECT_EQ(found(), std::nullopt);
}

TEST_F(Set_off, is_sought_before_what_a_client_saw_whatever_else_the_witness_names) {
  const auto trespass = step(session_of_ann, nobody);
  step(session_of_bob, trespass);
  seen_by(1);
  auto witness = done_.result.summary.witness;
  step(daemon, nobody);
  seen_by(history::no_actor);
  witness.push_back(done_.result.summary.witness.front());
  done_.result.summary.witness = witness;
  EXPECT_EQ(found(), trespass);
}

TEST_F(Set_off, is_not_known_where_no_client_saw_the_failure) {
  const auto trespass = step(session_of_ann, nobody);
  step(session_of_bob, trespass);
  seen_by(history::no_actor);
  EXPECT_EQ(found(), std::nullopt);
}

}  // namespace
}  // namespace nailbiter::command
