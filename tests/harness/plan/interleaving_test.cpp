#include "harness/plan/interleaving.hpp"

#include <gtest/gtest.h>

#include "harness/plan/expected_output.hpp"

namespace nailbiter::plan {
namespace {

std::string line(const std::string& run, std::uint64_t number) {
  std::string text;
  append_stream(text, {.run = run}, number * stream_line_bytes, stream_line_bytes);
  return text;
}

const std::vector<stream_share> two{{{.run = "a/1"}, 128}, {{.run = "a/2"}, 64}};

TEST(Interleaving, takes_the_lines_of_its_streams_in_any_order_of_the_streams) {
  interleaving followed(two);
  const std::string text = line("a/1", 0) + line("a/2", 0) + line("a/1", 1);
  EXPECT_EQ(followed.follow(text.substr(0, 70)) + followed.follow(text.substr(70)), text.size());
  EXPECT_EQ(followed.wrong(), interleaving::fault::none);
}

TEST(Interleaving, a_stream_keeps_its_own_order) {
  interleaving followed(two);
  EXPECT_EQ(followed.follow(line("a/1", 1)), 0u);
  EXPECT_EQ(followed.wrong(), interleaving::fault::hole);
}

TEST(Interleaving, a_line_comes_once) {
  interleaving followed(two);
  EXPECT_EQ(followed.follow(line("a/2", 0) + line("a/2", 0)), 64u);
  EXPECT_EQ(followed.wrong(), interleaving::fault::earlier);
}

TEST(Interleaving, a_torn_line_and_anothers_line_belong_to_none) {
  interleaving torn(two);
  torn.follow(line("a/1", 0).substr(0, 32) + line("a/2", 0));
  EXPECT_EQ(torn.wrong(), interleaving::fault::unexpected);
  interleaving foreign(two);
  foreign.follow(line("b/1", 0));
  EXPECT_EQ(foreign.wrong(), interleaving::fault::unexpected);
}

TEST(Interleaving, the_threads_of_a_script_share_its_streams) {
  const client who{.name = "a", .script = {"out x", "thread stream 1 64; stream 2 64", "thread stream 1 128", "stream 1 64"}};
  const expected_output expected = expected_of(who);
  EXPECT_EQ(expected.out.text, "x");
  EXPECT_FALSE(expected.out.open);
  ASSERT_EQ(expected.out.shares.size(), 3u);
  EXPECT_EQ(expected.out.shares[1], (stream_share{{.run = "a/2"}, 128}));
  EXPECT_EQ(expected.err.shares.size(), 1u);
  EXPECT_EQ(expected.out.certain_bytes(), 257u);
}

TEST(Interleaving, text_of_a_thread_leaves_the_stream_open) {
  const expected_output expected = expected_of({.name = "a", .script = {"thread out x", "out y"}});
  EXPECT_TRUE(expected.out.open);
  EXPECT_EQ(expected.out.text, "");
}

}  // namespace
}  // namespace nailbiter::plan
