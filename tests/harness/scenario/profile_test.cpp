#include "harness/scenario/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/scenario/load.hpp"

namespace nailbiter::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view whole_file = R"(
name = "nailgun-0.9.3"
command = ["java", "com.martiansoftware.nailgun.NGServer", "{address}"]
address = { tcp = "127.0.0.1:{port}", unix = "local:{path}" }
ready = "started on"
needs = ["java"]
[dialect]
half_close = "eof"
unknown_command = 899
[puppet]
argv = ["Puppet"]
build = ["java", "-m"]
ops = ["out", "wait"]
[scale]
time = 4.0
)";

std::string first_fault(std::string_view text) {
  const auto read = parse_profile(text, "p.toml");
  return read ? "no fault" : to_string(read.error().front());
}

TEST(Profile, keeps_what_was_observed_apart_from_what_is_promised) {
  const auto read = parse_profile(std::string(whole_file) + "[observed]\nheader_error = \"9\"\nimpossible_op = \"X 1\"\n", "p.toml");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->observed, (std::map<std::string, std::string>{{"header_error", "9"}, {"impossible_op", "X 1"}}));
  EXPECT_EQ(read->speaks.at("header_error"), naild_dialect().at("header_error"));
  EXPECT_NE(first_fault(std::string(whole_file) + "[observed]\nheader_eror = \"9\"\n").find("header_error"), std::string::npos);
}

TEST(Profile, what_is_not_said_has_the_value_of_naild) {
  const auto read = parse_profile(whole_file, "p.toml");
  ASSERT_TRUE(read.has_value()) << first_fault(whole_file);
  EXPECT_EQ(read->speaks.at("half_close"), "eof");
  EXPECT_EQ(read->speaks.at("unknown_command"), "899");
  EXPECT_EQ(read->speaks.at("peer_gone"), "cancel");
  EXPECT_EQ(read->time_scale, 4.0);
  EXPECT_TRUE(read->program_argv.empty());
}

TEST(Profile, unknown_axes_and_values_are_refused_with_the_nearest) {
  const std::string head = "name = 'x'\naddress = { unix = '{path}' }\n[dialect]\n";
  EXPECT_EQ(first_fault(head + "half_closed = 'eof'\n"),
            "p.toml:4: unknown key 'half_closed'; did you mean 'half_close'?");
  EXPECT_EQ(first_fault(head + "half_close = 'cancle'\n"),
            "p.toml:4: unknown value of half_close 'cancle'; did you mean 'cancel'?");
}

TEST(Profile, an_address_needs_its_place) {
  EXPECT_EQ(first_fault("name = 'x'\naddress = { tcp = '127.0.0.1:80' }\n"), "p.toml:2: 'tcp' must hold {port}");
}

TEST(Profile, capabilities_that_it_lacks_are_named) {
  const auto read = parse_profile(whole_file, "p.toml");
  ASSERT_TRUE(read.has_value());
  EXPECT_THAT(lacking(*read, {"puppet.out", "puppet.barrier", "program", "options"}),
              ElementsAre("puppet.barrier", "program", "options"));
}

TEST(Profile, naild_has_all_that_the_scenarios_need) {
  const auto naild = read_profile(NAILBITER_SOURCE_DIR "/scenarios/targets/naild.toml");
  ASSERT_TRUE(naild.has_value()) << to_string(naild.error().front());
  const auto scenarios = load_scenarios(NAILBITER_SOURCE_DIR "/scenarios");
  ASSERT_TRUE(scenarios.has_value());
  for (const scenario_case& one : all_cases(*scenarios))
    EXPECT_THAT(lacking(*naild, one.capabilities), IsEmpty()) << one.what.case_id;
}

}  // namespace
}  // namespace nailbiter::scenario
