#include "harness/scenario/scenario_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nailbiter::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view whole_file = R"(
id = "cancel/stdin-full"
title = "Leaving cancels a run whose stdin is full and unread"
requires = ["I3", "I4"]
upstream = ["U2", "#11252", "K3"]
[axes]
transport = ["unix", "tcp"]
leave = ["half-close", "close"]
[[client]]
name = "a"
script = ["read 1", "hang"]
stdin = "flood"
ops = ["until started", "{leave}"]
expect = { ends = "cancelled", within_ms = 1000 }
)";

std::string first_fault(std::string_view text) {
  const auto read = parse_scenario(text, "s.toml");
  return read ? "no fault" : to_string(read.error().front());
}

TEST(ScenarioReader, a_whole_file_is_read) {
  const auto read = parse_scenario(whole_file, "s.toml");
  ASSERT_TRUE(read.has_value()) << first_fault(whole_file);
  EXPECT_EQ(read->id, "cancel/stdin-full");
  EXPECT_EQ(read->family(), "cancel");
  EXPECT_THAT(read->requires_ids, ElementsAre("I3", "I4"));
  EXPECT_THAT(read->worlds, ElementsAre("sim", "live"));
  ASSERT_EQ(read->axes.size(), 2u);
  EXPECT_EQ(read->axes[0].name, "leave");
  ASSERT_EQ(read->clients.size(), 1u);
  EXPECT_EQ(read->clients[0].stdin_from, "flood");
  EXPECT_EQ(read->clients[0].expect.within_ms, "1000");
}

TEST(ScenarioReader, an_unknown_key_is_refused_with_its_line_and_the_nearest) {
  EXPECT_EQ(first_fault("id = 'a/b'\ntitel = 'x'\n"), "s.toml:2: unknown key 'titel'; did you mean 'title'?");
  EXPECT_THAT(first_fault("id = 'a/b'\ntitle = 'x'\nrequires = ['I1']\n[[client]]\nname = 'a'\nscipt = ['out x']\n"),
              HasSubstr("s.toml:6: unknown key 'scipt'; did you mean 'script'?"));
}

TEST(ScenarioReader, a_mode_is_race_or_settle) {
  const std::string head = "id = 'a/b'\ntitle = 'x'\nrequires = ['I1']\n";
  const std::string client = "[[client]]\nname = 'a'\nscript = ['out x']\n";
  EXPECT_EQ(parse_scenario(head + client, "s.toml")->mode, "race");
  EXPECT_EQ(parse_scenario(head + "mode = 'settle'\n" + client, "s.toml")->mode, "settle");
  EXPECT_THAT(first_fault(head + "mode = 'setle'\n" + client), HasSubstr("s.toml:4: unknown mode 'setle'; did you mean 'settle'?"));
}

TEST(ScenarioReader, a_wrong_type_is_refused_with_its_line) {
  EXPECT_EQ(first_fault("id = 'a/b'\ntitle = 3\n"), "s.toml:2: 'title' must be a string, not a whole number");
}

TEST(ScenarioReader, ids_that_no_registry_knows_are_refused) {
  EXPECT_THAT(first_fault("id = 'a/b'\ntitle = 'x'\nrequires = ['I13']\n[[client]]\nname = 'a'\nscript = ['out x']\n"),
              HasSubstr("s.toml:3: unknown requirement 'I13'"));
  EXPECT_THAT(first_fault("id = 'a/b'\ntitle = 'x'\nrequires = ['I1']\nupstream = ['U16']\n[[client]]\nname = "
                          "'a'\nscript = ['out x']\n"),
              HasSubstr("s.toml:4: unknown upstream id 'U16'"));
}

TEST(ScenarioReader, broken_toml_is_an_error_with_its_line) {
  EXPECT_THAT(first_fault("id = 'a/b'\ntitle = \n"), HasSubstr("s.toml:2: "));
}

TEST(ScenarioReader, all_faults_of_a_file_are_reported_together) {
  const auto read = parse_scenario("id = 'a'\ntitel = 'x'\n", "s.toml");
  ASSERT_FALSE(read);
  EXPECT_GE(read.error().size(), 4u);
}

}  // namespace
}  // namespace nailbiter::scenario
