// scenarios/README.md says how a case is written: its example must be one, and no op may be missing.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "harness/plan/op_table.hpp"
#include "harness/scenario/expand.hpp"
#include "harness/scenario/scenario_reader.hpp"

namespace nailbiter::scenario {
namespace {

std::string readme() {
  std::ifstream file(NAILBITER_SOURCE_DIR "/scenarios/README.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The indented lines behind a heading.
std::string example_under(const std::string& heading) {
  std::istringstream lines(readme());
  std::string line, example;
  bool is_there = false;
  while (std::getline(lines, line)) {
    if (line.starts_with("#")) is_there = line == heading;
    if (is_there && line.starts_with("    ")) example += line.substr(4) + '\n';
  }
  return example;
}

TEST(Scenario_readme, shows_a_scenario_that_is_one) {
  const auto shown = parse_scenario(example_under("## A whole one"), "README.md");
  ASSERT_TRUE(shown) << shown.error().front().text;
  const auto cases = expand(*shown);
  ASSERT_TRUE(cases);
  EXPECT_EQ(cases->size(), 12u);
}

TEST(Scenario_readme, names_every_op) {
  const std::string text = readme();
  for (const plan::op_row& row : plan::op_table()) {
    const std::string opened = '`' + std::string(row.words);
    EXPECT_TRUE(text.find(opened + '`') != text.npos || text.find(opened + ' ') != text.npos) << row.words;
  }
}

}  // namespace
}  // namespace nailbiter::scenario
