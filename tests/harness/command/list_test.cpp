#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "harness/command/commands.hpp"

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;

class List : public ::testing::Test {
 protected:
  List() : folder_(fs::temp_directory_path() / ("list-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_ / "exit");
    std::ofstream(folder_ / "exit" / "plain.toml") << "id = \"exit/plain\"\n"
                                                      "title = \"A run's exit code reaches its client\"\n"
                                                      "requires = [\"I2\"]\n"
                                                      "[axes]\ntransport = [\"unix\", \"tcp\"]\n"
                                                      "[[client]]\nname = \"a\"\nscript = [\"exit 3\"]\n";
  }
  ~List() override { fs::remove_all(folder_); }

  exit_code list(list_options how) {
    how.which.scenarios = folder_;
    return execute(how, {out_, err_});
  }

  fs::path folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(List, prints_one_id_a_line_with_its_axes) {
  EXPECT_EQ(list({}), exit_code::holds) << err_.str();
  EXPECT_EQ(out_.str(), "exit/plain[transport=unix]\nexit/plain[transport=tcp]\n");
}

TEST_F(List, keeps_what_the_pattern_selects) {
  EXPECT_EQ(list({.which = {.patterns = {"exit/*[transport=tcp]"}}}), exit_code::holds);
  EXPECT_EQ(out_.str(), "exit/plain[transport=tcp]\n");
}

TEST_F(List, writes_json_for_machines) {
  EXPECT_EQ(list({.json = true}), exit_code::holds);
  const auto cases = nlohmann::json::parse(out_.str());
  ASSERT_EQ(cases.size(), 2u);
  for (const auto* key : {"id", "title", "requires", "upstream", "level", "capabilities", "worlds", "mode"}) EXPECT_TRUE(cases[0].contains(key)) << key;
}

TEST_F(List, refuses_a_pattern_that_matches_nothing) {
  EXPECT_EQ(list({.which = {.patterns = {"no/such"}}}), exit_code::usage);
  EXPECT_NE(err_.str().find("no/such"), std::string::npos);
}

TEST_F(List, names_the_fault_in_a_scenario) {
  std::ofstream(folder_ / "exit" / "plain.toml", std::ios::app) << "nonsense = 1\n";
  EXPECT_EQ(list({}), exit_code::harness_fault);
  EXPECT_NE(err_.str().find("plain.toml:"), std::string::npos);
}

TEST_F(List, says_where_it_looked_for_scenarios) {
  list_options how;
  how.which.scenarios = "/nonexistent";
  EXPECT_EQ(execute(how, {out_, err_}), exit_code::usage);
  EXPECT_NE(err_.str().find("/nonexistent"), std::string::npos);
}

}  // namespace
}  // namespace nailbiter::command
