// A daemon that answers `X` 0 to everything must not get through: what it may pass is named here, case by case.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

std::vector<std::string> against_the_liar(std::vector<std::string> argv) {
  argv.insert(argv.begin(), {program("nailbiter"), "run"});
  argv.insert(argv.end(), {"--puppet", "puppet", "--blocking-puppet", "puppet-blocking", "--program", "exec", "--exec", "python3",
                           std::string(NAILBITER_SOURCE_DIR) + "/tests/system/liar.py", "{address}"});
  return argv;
}

// Every case that asks for more than `X` 0 fails. An exit with 0 and no output is all that this one is to give.
TEST(Liar, fails_every_smoke_case_that_asks_for_more_than_an_exit_with_zero) {
  const scratch folder;
  const auto report_file = folder / "report.json";
  const auto ended = run(against_the_liar({"--smoke", "--jobs", "4", "--out", folder / "out", "--json", report_file}));
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  std::set<std::string> not_failed;
  int failed = 0;
  const auto report = nlohmann::json::parse(content_of(report_file));
  for (const auto& one : report["cases"]) {
    if (one["verdict"] == "not-exercised") continue;
    if (one["verdict"] == "fail") ++failed;
    else not_failed.insert(one["id"]);
  }
  EXPECT_GT(failed, 80) << ended.out;
  const std::set<std::string> asks_for_no_more{"exit/codes[code=0]", "regressions/quick-runs[stdin=empty,transport=unix]",
                                               "regressions/quick-runs[stdin=empty,transport=tcp]"};
  EXPECT_EQ(not_failed, asks_for_no_more);
}

TEST(Liar, is_named_and_does_not_hold_where_all_cases_pass) {
  const scratch folder;
  const auto ended = run(against_the_liar({"exit/codes[code=0]", "--out", folder / "out"}));
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(last_line(ended.out).find("1 passed, 0 failed"), std::string::npos) << ended.out;
  EXPECT_NE(ended.err.find("python3 is a liar"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace nailbiter::system_test
