#include "harness/scenario/expand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "harness/plan/self_identifying.hpp"
#include "harness/scenario/scenario_reader.hpp"

namespace nailbiter::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view head = "id = 'a/b'\ntitle = 't'\nrequires = ['I1']\n";

std::vector<scenario_case> cases_of(const std::string& rest) {
  static std::vector<std::unique_ptr<scenario>> kept;
  auto read = parse_scenario(std::string(head) + rest, "s.toml");
  if (!read) ADD_FAILURE() << to_string(read.error().front());
  kept.push_back(std::make_unique<scenario>(read.value_or(scenario{})));
  auto cases = expand(*kept.back());
  if (!cases) ADD_FAILURE() << to_string(cases.error().front());
  return cases.value_or(std::vector<scenario_case>{});
}

std::string fault_of(const std::string& rest) {
  const auto read = parse_scenario(std::string(head) + rest, "s.toml");
  if (!read) return "not read: " + to_string(read.error().front());
  const auto cases = expand(*read);
  return cases ? "no fault" : to_string(cases.error().front());
}

TEST(Expand, a_plan_is_delivered_as_its_scenario_says) {
  const std::string client = "[[client]]\nname = 'c'\nscript = ['out x']\n";
  EXPECT_EQ(cases_of(client)[0].what.mode, plan::delivery::race);
  EXPECT_EQ(cases_of("mode = 'settle'\n" + client)[0].what.mode, plan::delivery::settle);
}

TEST(Expand, the_id_carries_the_axes_sorted_by_name) {
  const auto cases = cases_of("[axes]\nz = [1, 2]\na = ['x']\n[[client]]\nname = 'c'\nscript = ['out {z}{a}']\n");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].what.case_id, "a/b[a=x,z=1]");
  EXPECT_EQ(cases[1].what.case_id, "a/b[a=x,z=2]");
  EXPECT_THAT(cases[1].what.clients[0].script, ElementsAre("out 2x"));
}

TEST(Expand, without_axes_the_id_is_bare_and_the_transport_unix) {
  const auto cases = cases_of("[[client]]\nname = 'c'\nscript = ['hang']\n");
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].what.case_id, "a/b");
  EXPECT_EQ(cases[0].what.transport, "unix");
}

TEST(Expand, an_axis_may_name_a_count_and_copies_know_their_number_and_the_one_before) {
  const auto cases = cases_of(
      "[axes]\nmany = [0, 2]\n[[client]]\nname = 'c'\ncount = '{many}'\nscript = ['exit {n}']\nstarts_after = "
      "'{previous}'\n");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_TRUE(cases[0].what.clients.empty());
  ASSERT_EQ(cases[1].what.clients.size(), 2u);
  EXPECT_EQ(cases[1].what.clients[1].name, "c1");
  EXPECT_EQ(cases[1].what.clients[1].starts_after, "c0");
  EXPECT_EQ(cases[1].what.clients[0].starts_after, "");
  EXPECT_THAT(cases[1].what.clients[1].script, ElementsAre("exit 1"));
}

TEST(Expand, a_client_may_start_at_a_turn_or_after_another_client) {
  const auto cases = cases_of("[[client]]\nname = 'c'\ncount = 2\nscript = ['hang']\nstarts_at_turn = '1{n}'\n");
  EXPECT_EQ(cases[0].what.clients[0].starts_at_turn, 10u);
  EXPECT_EQ(cases[0].what.clients[1].starts_at_turn, 11u);
  EXPECT_THAT(fault_of("[[client]]\nname = 'c'\nscript = ['hang']\nstarts_after = 'c'\nstarts_at_turn = 1\n"),
              HasSubstr("exclude each other"));
}

TEST(Expand, an_axis_of_lists_is_spliced_into_the_ops) {
  const auto cases = cases_of(
      "[axes.slip]\ntwice = ['end-stdin', 'end-stdin']\nlate = 'send-chunk A x'\n"
      "[[client]]\nname = 'c'\nscript = ['hang']\nops = ['until started', '{slip}']\n");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].what.case_id, "a/b[slip=twice]");
  EXPECT_EQ(cases[0].what.clients[0].ops.size(), 3u);
  EXPECT_EQ(cases[1].what.clients[0].ops.back(), (plan::op{.kind = plan::op_kind::send_chunk, .text = "Ax"}));
}

TEST(Expand, what_is_not_said_about_a_client_follows_from_its_ending) {
  const auto cases = cases_of(
      "[[client]]\nname = 'c'\nscript = ['hang']\nenv = ['V=\\xff']\nexpect = { ends = 'refused', stdout = 'stream' "
      "}\n");
  ASSERT_EQ(cases.size(), 1u);
  const plan::client& who = cases[0].what.clients[0];
  EXPECT_EQ(who.expect.exit_code, 1);
  EXPECT_EQ(who.expect.stdout_text, std::nullopt);
  EXPECT_TRUE(who.expect.stdout_is_prefix);
  EXPECT_THAT(who.environment, ElementsAre("V=\xff"));
}

TEST(Expand, sized_stdin_names_its_owner) {
  const auto cases = cases_of("[[client]]\nname = 'c'\nscript = ['cat']\nstdin = { bytes = 130 }\n");
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].what.clients[0].stdin_text, plan::stream_bytes({.run = "c", .fd = 0}, 130));
}

TEST(Expand, capabilities_are_the_ops_of_the_scripts_and_what_is_declared) {
  const auto cases =
      cases_of("capabilities = ['header-timeout']\n[[client]]\nname = 'c'\nscript = ['out x', 'hang']\n");
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_THAT(cases[0].capabilities, ElementsAre("header-timeout", "puppet.hang", "puppet.out"));
}

TEST(Expand, faults_carry_the_line_of_their_client) {
  EXPECT_EQ(fault_of("[axes]\nleave = ['close']\n[[client]]\nname = 'c'\nscript = ['hang']\nops = ['{laeve}']\n"),
            "s.toml:6: unknown axis 'laeve'; did you mean 'leave'?");
  EXPECT_EQ(fault_of("[[client]]\nname = 'c'\nscript = ['hang']\nops = ['half-clse']\n"),
            "s.toml:4: unknown op 'half-clse'; did you mean 'half-close'?");
  EXPECT_THAT(fault_of("[[client]]\nname = 'c'\nscript = ['hang']\nstarts_after = 'd'\n"),
              HasSubstr("waits for 'd', which is no client"));
  EXPECT_THAT(fault_of("[[client]]\nname = 'c'\ncount = 'x'\nscript = ['hang']\n"),
              HasSubstr("s.toml:4: 'count' must be a number"));
}

TEST(Expand, two_clients_of_one_name_are_refused) {
  EXPECT_THAT(fault_of("[[client]]\nname = 'c'\nscript = ['hang']\n[[client]]\nname = 'c'\nscript = ['hang']\n"),
              HasSubstr("are named 'c'"));
}

}  // namespace
}  // namespace nailbiter::scenario
