// From a failure in the simulator to naild and to what is said of its fix. The failure is the scenario's own, so it shows
// every time and everywhere; that races are carried over is seen with mutants and in tests/harness/command.

#include <fstream>

#include <gtest/gtest.h>

#include "tests/system/program_support.hpp"

namespace nailbiter::system_test {
namespace {

class Lift : public testing::Test {
 protected:
  void SetUp() override {
    write_wrong_scenario(folder_);
    const auto failed = nailbiter({"sim", "--schedules", "8", "--out", folder_ / "sim"});
    ASSERT_EQ(failed.exit_code, 1) << failed.out << failed.err;
  }

  ended nailbiter(std::vector<std::string> words) const {
    words.insert(words.begin(), program("nailbiter"));
    words.insert(words.end(), {"--scenarios", folder_ / "scenarios"});
    return run(words);
  }

  std::string simulated() const { return folder_ / "sim/latest/exit.wrong"; }
  std::string lifted() const { return folder_ / "live/latest/exit.wrong"; }
  ended lift() const { return nailbiter({"lift", simulated(), "--runs", "5", "--out", folder_ / "live"}); }

  /// As if the daemon did now what its client expects.
  void mend(const std::string& failure) const {
    const auto file = failure + "/plan.json";
    auto text = content_of(file);
    const std::string wrong = "\"exit\": 4";
    const auto at = text.find(wrong);
    ASSERT_NE(at, text.npos) << text;
    std::ofstream(file) << text.replace(at, wrong.size(), "\"exit\": 3");
  }

  scratch folder_;
};

TEST_F(Lift, says_how_often_a_simulated_failure_shows_live_and_leaves_what_replays) {
  const auto said = lift();
  EXPECT_EQ(said.exit_code, 1) << said.out << said.err;
  EXPECT_NE(said.out.find("until at lift.0 / turn 2 / go lift.0"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("lifted         5 of 5 (100.0 %"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("on naild, live, naild build "), std::string::npos) << said.out;
  const auto again = nailbiter({"replay", lifted()});
  EXPECT_EQ(last_line(again.out), "the same verdict as before") << again.err;
}

TEST_F(Lift, says_how_often_it_shows_in_a_daemon_that_shares_no_code_with_the_simulated_one) {
  const std::string daemon = std::string(NAILBITER_SOURCE_DIR) + "/scenarios/targets/pantsd-shaped/pantsd.py";
  const auto said = run({program("nailbiter"), "lift", simulated(), "--runs", "3", "--out", folder_ / "live", "--scenarios", folder_ / "scenarios",
                         "--puppet", "puppet", "--exec", daemon, "--listen", "{address}", "--run-lock", "off"});
  EXPECT_EQ(said.exit_code, 1) << said.out << said.err;
  EXPECT_NE(said.out.find("lifted         3 of 3 (100.0 %"), std::string::npos) << said.out;
}

TEST_F(Lift, of_a_lifted_plan_is_refused) {
  ASSERT_EQ(lift().exit_code, 1);
  EXPECT_EQ(nailbiter({"lift", lifted()}).exit_code, 64);
}

TEST_F(Lift, leaves_a_rate_that_a_fix_is_held_against) {
  ASSERT_EQ(lift().exit_code, 1);
  EXPECT_EQ(nailbiter({"verify-fix", lifted(), "--runs", "2"}).exit_code, 1) << "not mended";
  mend(lifted());
  // 5 of 5: at least 56.6 %, so 4 clean runs are needed.
  const auto early = nailbiter({"verify-fix", lifted(), "--runs", "3"});
  EXPECT_EQ(early.exit_code, 2) << early.out << early.err;
  EXPECT_NE(early.out.find("1 more clean runs are needed"), std::string::npos) << early.out;
  const auto done = nailbiter({"verify-fix", lifted()});
  EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
  EXPECT_NE(done.out.find("before: 5 of 5"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("compared: the same build with itself"), std::string::npos) << done.out;
}

TEST_F(Lift, a_rate_of_another_build_is_told_as_one) {
  ASSERT_EQ(lift().exit_code, 1);
  std::ofstream(lifted() + "/rate.json") << R"({"version":1,"where":"naild, live, naild build 000000000000","failures":5,"runs":5})";
  mend(lifted());
  const auto said = nailbiter({"verify-fix", lifted()});
  EXPECT_EQ(said.exit_code, 0) << said.out << said.err;
  EXPECT_NE(said.out.find("on naild, live, naild build 000000000000"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("compared: two builds"), std::string::npos) << said.out;
}

TEST_F(Lift, a_fix_of_which_no_rate_is_known_cannot_be_judged) {
  mend(simulated());
  const auto said = nailbiter({"verify-fix", simulated(), "--runs", "50"});
  EXPECT_EQ(said.exit_code, 2) << said.out << said.err;
  EXPECT_NE(said.out.find("is not known"), std::string::npos) << said.out;
}

TEST_F(Lift, the_rate_of_the_old_build_can_be_recorded) {
  EXPECT_EQ(nailbiter({"verify-fix", simulated(), "--record", "--runs", "50"}).exit_code, 0);
  mend(simulated());
  const auto said = nailbiter({"verify-fix", simulated()});
  EXPECT_EQ(said.exit_code, 0) << said.out << said.err;
  EXPECT_NE(said.out.find("before: 50 of 50"), std::string::npos) << said.out;
}

}  // namespace
}  // namespace nailbiter::system_test
