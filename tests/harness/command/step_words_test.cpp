// Steps in words, of a real execution: whose they are, and what the history says that they did.

#include "harness/command/step_words.hpp"

#include <gtest/gtest.h>

#include "harness/actor/setting.hpp"
#include "harness/explore/strategies.hpp"
#include "tests/harness/command/planted_race_support.hpp"

namespace nailbiter::command {
namespace {

class Step_words : public testing::Test {
 protected:
  Step_words() : again_({}, {}) {
    what_.clients.push_back({.name = "ann", .script = {"out x"}});
    what_.clients.push_back({.name = "bob", .script = {"out y"}, .starts_after = "ann"});
    explore::fifo in_order;
    done_ = again_.play(what_, in_order, 0);
  }

  /// The first step of this strand and kind, in words; empty if there is none.
  std::string first(const std::string& strand, naild::task::step_kind kind, std::uint32_t session) {
    const step_words words(what_, done_);
    for (std::size_t i = 0; i < done_.record.steps.size(); ++i) {
      const auto& step = done_.record.steps[i];
      const auto& whose = done_.record.strands[step.strand];
      if (whose.name == strand && whose.session == session && step.kind == kind) return words.of_step(i);
    }
    return {};
  }

  plan::plan what_{.case_id = "words"};
  reproduction again_;
  execution done_;
};

using naild::task::step_kind;

TEST_F(Step_words, a_client_that_starts_first_is_the_first_session_of_the_daemon) {
  EXPECT_EQ(first("session", step_kind::spawn, 1), "the start of ann's session");
  EXPECT_EQ(first("session", step_kind::spawn, 2), "the start of bob's session");
  EXPECT_EQ(first("session", step_kind::read, 2), "the daemon's reading of bob's header");
}

TEST_F(Step_words, bytes_under_way_have_the_name_that_their_client_gives_them) {
  EXPECT_EQ(first("network", step_kind::deliver, 1), "the arrival of ann's header at the daemon");
  const auto all = step_words(what_, done_).all_steps();
  for (const char* words : {"the writing of the stdout and exit to ann", "the arrival of bob's stdout and exit at its client"}) {
    EXPECT_NE(all.find(words), std::string::npos) << words << '\n' << all;
  }
}

TEST_F(Step_words, what_the_history_says_goes_before_what_a_label_says) {
  EXPECT_EQ(first("client", step_kind::write, actor::actor_session(0)), "ann's header");
}

TEST_F(Step_words, a_step_of_which_nothing_is_known_lies_between_two_of_its_strand) {
  const step_words words(what_, done_);
  std::size_t vague = 0;
  for (std::size_t i = 0; i < done_.record.steps.size(); ++i) {
    if (words.of_step(i) == "a step of bob's run" && vague == 0) vague = i;
  }
  ASSERT_NE(vague, 0u) << words.all_steps();
  EXPECT_EQ(words.in_place(vague).find("a step of bob's run (between the daemon's reading of bob's header and "), 0u) << words.in_place(vague);
}

TEST_F(Step_words, a_client_that_spawns_helpers_is_still_one_session) {
  what_.clients[0].ops = {{.kind = plan::op_kind::until_exit}};
  explore::fifo in_order;
  done_ = again_.play(what_, in_order, 0);
  EXPECT_EQ(first("session", step_kind::spawn, 2), "the start of bob's session");
}

}  // namespace
}  // namespace nailbiter::command
