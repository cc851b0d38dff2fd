// The template daemon that authors of daemons begin from, held to a few cases of each kind so that it cannot rot.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

struct outcome {
  ended how;
  int passed = 0;
};

outcome run_against(const std::string& profile, const std::vector<std::string>& patterns) {
  const scratch folder;
  std::vector<std::string> argv{program("nailbiter"), "run"};
  argv.insert(argv.end(), patterns.begin(), patterns.end());
  argv.insert(argv.end(), {"--target", profile, "--out", folder / "out", "--json", folder / "report.json"});
  outcome result{.how = run(argv)};
  const auto report = nlohmann::json::parse(content_of(folder / "report.json"), nullptr, false);
  if (report.is_object()) result.passed = report["counts"]["pass"];
  return result;
}

TEST(Template_daemon, holds_without_a_puppet) {
  const auto ran = run_against("template", {"exec/directories", "exec/environment", "header/split*"});
  EXPECT_EQ(ran.how.exit_code, 0) << ran.how.out << ran.how.err;
  EXPECT_EQ(ran.passed, 18) << ran.how.out;
}

TEST(Template_daemon, holds_with_the_executable_puppet) {
  const auto ran = run_against("template-puppet", {"cancel/twice*", "exec/cancel[doing=hanging]", "exec/not-found", "exit/codes*", "header/garbage*",
                                                   "isolation/arguments", "output/both-streams*", "overlap/rounds*", "stdin/empty-chunks*"});
  EXPECT_EQ(ran.how.exit_code, 0) << ran.how.out << ran.how.err;
  EXPECT_EQ(ran.passed, 35) << ran.how.out;
}

}  // namespace
}  // namespace nailbiter::system_test
