// Steps in words, of a real execution: whose they are, and what the history says that they did.

#include "harness/command/step_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

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
  EXPECT_EQ(first("session", step_kind::read, 2), "the daemon's read from bob");
}

TEST_F(Step_words, the_network_carries_a_header_to_the_daemon_first) {
  EXPECT_EQ(first("network", step_kind::deliver, 1), "arrival of ann's bytes at the daemon");
}

TEST_F(Step_words, what_the_history_says_goes_before_what_a_label_says) {
  EXPECT_EQ(first("client", step_kind::write, actor::actor_session(0)), "ann's header");
  const step_words words(what_, done_);
  std::size_t witnessed = 0;
  for (std::size_t i = 0; i < done_.record.steps.size(); ++i) witnessed += words.is_witnessed(i) ? 1 : 0;
  EXPECT_GE(witnessed, 8u) << "connect, header, output and exit of each client at least:\n" << words.all_steps();
}

TEST_F(Step_words, a_client_and_its_session_are_one_and_the_daemon_is_nobody) {
  const auto place = [this](const std::string& strand, std::uint32_t session) {
    const auto& steps = done_.record.steps;
    const auto found = std::ranges::find_if(steps, [&](const auto& step) {
      return done_.record.strands[step.strand].name == strand && done_.record.strands[step.strand].session == session;
    });
    return static_cast<std::size_t>(found - steps.begin());
  };
  const step_words words(what_, done_);
  const auto ann = place("client", actor::actor_session(0));
  EXPECT_TRUE(words.are_of_two_clients(ann, place("session", 2)));
  EXPECT_FALSE(words.are_of_two_clients(ann, place("session", 1)));
  EXPECT_FALSE(words.are_of_two_clients(ann, place("daemon", 0)));
}

}  // namespace
}  // namespace nailbiter::command
