// The template daemon that authors of daemons begin from, held to a few cases of each kind so that it cannot rot.

#include <algorithm>
#include <set>

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
  const auto ran = run_against("template", {"exec/directories", "exec/environment", "header/split*", "plain/*"});
  EXPECT_EQ(ran.how.exit_code, 0) << ran.how.out << ran.how.err;
  EXPECT_EQ(ran.passed, 36) << ran.how.out;
}

TEST(Template_daemon, is_held_to_six_in_ten_musts_without_a_puppet) {
  const auto listed = nlohmann::json::parse(run({program("nailbiter"), "list", "--json"}).out);
  std::set<std::string> all;
  std::set<std::string> without;
  for (const auto& one : listed) {
    const auto has = [&](const char* key, const auto& wanted) { return std::ranges::any_of(one[key], wanted); };
    if (one["level"] != "MUST" || !has("worlds", [](const auto& world) { return world == "live"; })) continue;
    const bool needs_more = has("capabilities", [](const auto& what) { return what != "program"; });
    for (const auto& id : one["requires"]) {
      all.insert(id);
      if (!needs_more) without.insert(id);
    }
  }
  EXPECT_GT(all.size(), 20u);
  EXPECT_GE(without.size() * 10, all.size() * 6);
}

TEST(Template_daemon, holds_with_the_executable_puppet) {
  const auto ran = run_against("template-puppet", {"cancel/twice*", "exec/cancel[doing=hanging]", "exec/not-found", "exit/codes*", "header/garbage*",
                                                   "isolation/arguments", "output/both-streams*", "overlap/rounds*", "stdin/empty-chunks*"});
  EXPECT_EQ(ran.how.exit_code, 0) << ran.how.out << ran.how.err;
  EXPECT_EQ(ran.passed, 35) << ran.how.out;
}

}  // namespace
}  // namespace nailbiter::system_test
