#include "reference/puppet/stream_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace naild::puppet {
namespace {

std::string first(std::string run, std::uint64_t count) {
  stream_text text(run, 1);
  std::string bytes;
  text.append(bytes, 0, count);
  return bytes;
}

TEST(StreamText, every_line_names_run_descriptor_and_offset) {
  EXPECT_EQ(first("a", 128), "NB a 1 0" + std::string(55, '.') + "\nNB a 1 64" + std::string(54, '.') + "\n");
}

TEST(StreamText, cuts_the_last_line_at_the_last_byte) { EXPECT_EQ(first("a", 70).substr(64), "NB a 1"); }

TEST(StreamText, cuts_a_long_name_at_the_line) {
  EXPECT_EQ(first(std::string(100, 'n'), 64), "NB " + std::string(60, 'n') + "\n");
}

RC_GTEST_PROP(StreamText, any_pieces_give_the_same_bytes, ()) {
  const std::string whole = first("run", 3000);
  stream_text text("run", 1);
  std::string pieces;
  while (pieces.size() < whole.size()) {
    const auto count = *rc::gen::inRange<std::uint64_t>(1, whole.size() - pieces.size() + 1);
    text.append(pieces, pieces.size(), count);
  }
  RC_ASSERT(pieces == whole);
}

}  // namespace
}  // namespace naild::puppet
