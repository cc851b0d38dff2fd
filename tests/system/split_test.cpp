// A scenario whose pieces must arrive apart says so, and is then believed: a daemon that breaks inside a chunk's five
// header bytes fails without any option, and one that does not passes.

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

const std::string sources = NAILBITER_SOURCE_DIR;

ended split_against(const scratch& folder, const std::vector<std::string>& words, const std::vector<std::string>& daemon) {
  std::vector<std::string> argv{program("nailbiter"), "run", "header/split[transport=unix]", "--out", folder / "out", "--json", folder / "report.json"};
  argv.insert(argv.end(), words.begin(), words.end());
  argv.insert(argv.end(), {"--exec", "python3"});
  argv.insert(argv.end(), daemon.begin(), daemon.end());
  argv.push_back("{address}");
  return run(argv);
}

std::set<std::string> failed_in(const scratch& folder) {
  std::set<std::string> failed;
  const auto report = nlohmann::json::parse(content_of(folder / "report.json"));
  for (const auto& one : report.at("cases")) {
    if (one["verdict"] != "pass") failed.insert(one["id"]);
  }
  return failed;
}

/// The plan of the one failure that a run left.
std::string plan_of_failure(const scratch& folder) {
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder / "out")) {
    if (each.path().filename() == "plan.json") return content_of(each.path());
  }
  return {};
}

TEST(Split, passes_against_a_daemon_that_keeps_what_is_not_whole) {
  const scratch folder;
  const auto ended = split_against(folder, {}, {sources + "/tests/system/reader.py", "careful"});
  EXPECT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_EQ(failed_in(folder), std::set<std::string>{});
}

TEST(Split, fails_against_a_daemon_that_drops_what_is_not_whole) {
  const scratch folder;
  const auto ended = split_against(folder, {}, {sources + "/tests/system/reader.py", "careless"});
  EXPECT_NE(ended.exit_code, 0) << ended.out;
  const auto id = [](const std::string& pieces) { return "header/split[pieces=" + pieces + ",transport=unix]"; };
  EXPECT_EQ(failed_in(folder), (std::set{id("every-byte"), id("in-the-length"), id("before-the-type")}));
}

TEST(Split, is_delivered_as_the_user_says_where_he_says_it) {
  const std::vector<std::string> liar{sources + "/tests/system/liar.py"};
  const scratch unsaid, said;
  split_against(unsaid, {}, liar);
  split_against(said, {"--mode", "race"}, liar);
  EXPECT_NE(plan_of_failure(unsaid).find("\"settle\""), std::string::npos) << plan_of_failure(unsaid);
  ASSERT_NE(plan_of_failure(said), "");
  EXPECT_EQ(plan_of_failure(said).find("\"settle\""), std::string::npos);
}

}  // namespace
}  // namespace nailbiter::system_test
