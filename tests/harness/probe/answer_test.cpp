#include "harness/probe/answer.hpp"

#include <gtest/gtest.h>

namespace nailbiter::probe {
namespace {

using history::event_kind;

history::event seen(event_kind kind, std::string text = {}, char type = 0) { return {.kind = kind, .type = type, .text = std::move(text)}; }

TEST(Answer, holds_what_came_before_the_first_exit) {
  history::history what;
  what.events = {seen(event_kind::connected),
                 seen(event_kind::received_chunk, "", 'S'),
                 seen(event_kind::received_chunk, "on", '1'),
                 seen(event_kind::received_chunk, "e", '1'),
                 seen(event_kind::received_chunk, "7\n", 'X'),
                 seen(event_kind::received_chunk, "log", '2'),
                 seen(event_kind::received_chunk, "0", 'X')};
  const answer given = answer_of(what);
  EXPECT_EQ(given.out, "one");
  EXPECT_EQ(given.err, "");
  EXPECT_EQ(given.exit_payload, "7\n");
  EXPECT_EQ(given.exit_code, 7);
  EXPECT_EQ(given.grants, 1u);
  EXPECT_FALSE(given.stopped);
}

TEST(Answer, forgets_how_the_harness_tidied_up) {
  history::history what;
  what.events = {seen(event_kind::op_begun), seen(event_kind::op_done), seen(event_kind::op_begun), seen(event_kind::no_progress),
                 seen(event_kind::op_done), seen(event_kind::run_lost)};
  const answer given = answer_of(what);
  EXPECT_TRUE(given.stopped);
  EXPECT_FALSE(given.run_lost);
  EXPECT_EQ(given.op_done, (std::vector<bool>{true, false}));
}

TEST(Answer, is_one_clients_only) {
  history::history what;
  what.events = {seen(event_kind::received_chunk, "mine", '1'), seen(event_kind::received_chunk, "its", '1')};
  what.events[1].actor = 1;
  EXPECT_EQ(answer_of(what).out, "mine");
  EXPECT_EQ(answer_of(what, 1).out, "its");
}

}  // namespace
}  // namespace nailbiter::probe
