// The experiment on memory that is made up: what it charges, what it takes for noise, and how it fails.

#include "harness/globals/examination.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>

namespace nailbiter::globals {
namespace {

constexpr const char* usual_value = "usual-value-0001";
constexpr const char* other_value = "other-value-0002";

/// Two words for each value, as a variable of that name.
block holding(const std::string& value) {
  block made;
  made.words.resize((value.size() + 7) / 8);
  std::memcpy(made.words.data(), value.data(), value.size());
  return made;
}

struct Examination : testing::Test {
  examination examine_runs(std::function<void(const std::string& value)> run) {
    const auto seen = examine({.run = [&run](const std::string& value) -> tl::expected<void, std::string> {
                                 run(value);
                                 return {};
                               },
                               .look = [this]() -> tl::expected<snapshot, std::string> { return memory; },
                               .usual_value = usual_value,
                               .other_value = other_value});
    EXPECT_TRUE(seen) << seen.error();
    return seen.value_or(examination{});
  }

  snapshot memory{.blocks = {{"quiet", {{7}}}, {"counter", {{0}}}, {"last", holding("nothing of a run")}}};
};

TEST_F(Examination, finds_nothing_where_runs_leave_nothing) {
  const auto seen = examine_runs([](const std::string&) {});
  EXPECT_TRUE(seen.findings.empty());
  EXPECT_EQ(seen.noise, 0u);
}

TEST_F(Examination, charges_the_variable_that_keeps_a_runs_value) {
  const auto seen = examine_runs([this](const std::string& value) { memory.blocks["last"] = holding(value); });
  ASSERT_EQ(seen.findings.size(), 1u);
  EXPECT_EQ(seen.findings[0].variable, "last");
  EXPECT_EQ(seen.findings[0].holds_value, std::vector<std::string>{"last"});
  EXPECT_FALSE(seen.findings[0].changed.empty());
  EXPECT_NE(text_of(seen).find("1 variables keep something of a run"), std::string::npos);
}

TEST_F(Examination, charges_what_only_the_other_run_changes) {
  const auto seen = examine_runs([this](const std::string& value) { memory.blocks["quiet"].words[0] = value == other_value ? 8 : 7; });
  ASSERT_EQ(seen.findings.size(), 1u);
  EXPECT_EQ(seen.findings[0].changed, (std::vector<difference>{{"quiet+0", "quiet", "0x7", "0x8"}}));
}

TEST_F(Examination, takes_what_every_run_changes_for_noise_and_names_it) {
  const auto seen = examine_runs([this](const std::string&) { ++memory.blocks["counter"].words[0]; });
  EXPECT_TRUE(seen.findings.empty());
  EXPECT_EQ(seen.noisy_variables, std::vector<std::string>{"counter"});
}

TEST_F(Examination, a_run_or_a_look_that_fails_is_an_error) {
  experiment how{.run = [](const std::string&) -> tl::expected<void, std::string> { return {}; },
                 .look = []() -> tl::expected<snapshot, std::string> { return tl::unexpected(std::string("no rights")); },
                 .usual_value = usual_value,
                 .other_value = other_value};
  EXPECT_EQ(examine(how).error(), "no rights");
  how.run = [](const std::string&) -> tl::expected<void, std::string> { return tl::unexpected(std::string("no X")); };
  EXPECT_EQ(examine(how).error(), "no X");
}

}  // namespace
}  // namespace nailbiter::globals
