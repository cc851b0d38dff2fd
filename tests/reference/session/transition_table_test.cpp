#include "reference/session/transition_table.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace naild::session {
namespace {

TEST(TransitionTable, is_the_golden_one) {
  std::ifstream file(NAILBITER_SOURCE_DIR "/tests/reference/session/transition_table.golden.txt");
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(table_text(), golden) << table_text();
}

TEST(TransitionTable, never_goes_back_and_leaves_closed_for_nothing) {
  for (std::size_t what = 0; what < input_count; ++what) {
    for (std::size_t from = 0; from < state_count; ++from) {
      const cell& found = transition(static_cast<input>(what), static_cast<state>(from));
      EXPECT_GE(static_cast<std::size_t>(found.next), from);
    }
    EXPECT_EQ(transition(static_cast<input>(what), state::closed).what, reaction::ignore);
  }
}

}  // namespace
}  // namespace naild::session
