#include "harness/command/campaign_loop.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace nailbiter::command {
namespace {

namespace fs = std::filesystem;
using check::outcome;

class Campaign_loop : public ::testing::Test {
 protected:
  Campaign_loop() : root_(fs::temp_directory_path() / ("campaign-loop-" + std::to_string(::getpid()))), kept_(root_, "run", {}) {
    how_.target_name = "fake";
    how_.replay_line = [](const std::string& folder) { return "replay " + folder; };
  }
  ~Campaign_loop() override { fs::remove_all(root_); }

  static planned_case case_named(std::string id, std::string excluded = {}) {
    planned_case one{.what = {}, .excluded = std::move(excluded)};
    one.what.case_id = std::move(id);
    return one;
  }

  /// A target whose cases end as their ids say.
  tl::expected<target::case_result, std::string> run(const plan::plan& what) {
    seeds_.push_back(what.seed);
    if (what.case_id == "x/broken") return tl::unexpected(std::string("no daemon"));
    target::case_result result;
    result.observed.what = what;
    result.summary.result = what.case_id == "x/fail" ? outcome::fail : what.case_id == "x/unknown" ? outcome::unknown : outcome::pass;
    result.summary.checker = "framing";
    if (what.case_id == "x/nobody") {
      result.no_daemon = true;
      result.summary = {.result = outcome::unknown, .checker = "target", .detail = "cannot start"};
    }
    result.verdicts = {result.summary};
    return result;
  }

  loop_result go(const std::vector<planned_case>& cases) {
    return run_campaign(cases, how_, [this](const plan::plan& what) { return run(what); }, kept_);
  }

  fs::path root_;
  evidence kept_;
  loop_settings how_;
  std::vector<std::uint64_t> seeds_;
};

TEST_F(Campaign_loop, gives_each_repetition_its_own_seed) {
  how_.seed = 7;
  how_.repeat = 2;
  EXPECT_EQ(go({case_named("x/a"), case_named("x/b")}).all.cases.size(), 4u);
  EXPECT_EQ(seeds_, (std::vector<std::uint64_t>{7, 7, 8, 8}));
}

TEST_F(Campaign_loop, says_of_a_failure_its_title_and_what_it_was_upstream) {
  auto failing = case_named("x/fail");
  auto passing = case_named("x/a");
  failing.upstream = passing.upstream = {"#7654"};
  failing.title = "One at a time";
  const auto done = go({failing, passing});
  EXPECT_EQ(done.all.cases[0].upstream, std::vector<std::string>{"#7654"});
  EXPECT_EQ(done.all.cases[0].title, "One at a time");
  EXPECT_TRUE(done.all.cases[1].upstream.empty());
}

TEST_F(Campaign_loop, tells_a_verdict_whose_evidence_cannot_be_kept) {
  std::ofstream(root_).close();  // a file where the folder should be
  const auto done = go({case_named("x/fail"), case_named("x/a")});
  ASSERT_EQ(done.all.cases.size(), 1u);
  EXPECT_EQ(done.all.cases[0].summary.result, outcome::fail);
  EXPECT_FALSE(done.fault.empty());
}

TEST_F(Campaign_loop, ends_with_the_first_case_that_has_no_daemon) {
  how_.repeat = 3;
  const auto done = go({case_named("x/a"), case_named("x/nobody"), case_named("x/b")});
  ASSERT_EQ(done.all.cases.size(), 2u);
  EXPECT_EQ(done.all.cases.back().summary.result, outcome::unknown);
  EXPECT_EQ(done.all.stopped, "cannot start");
  EXPECT_EQ(done.fault, "");
}

TEST_F(Campaign_loop, leaves_a_folder_and_a_replay_line_for_a_failure) {
  const auto done = go({case_named("x/a"), case_named("x/fail")});
  EXPECT_EQ(done.all.cases[0].replay, "");
  EXPECT_EQ(done.all.cases[1].replay, "replay " + (root_ / "run" / "x.fail").string());
  for (const auto* name : {"verdict.json", "plan.json", "history.txt", "wire.log", "daemon.log"}) {
    EXPECT_TRUE(fs::exists(root_ / "run" / "x.fail" / name)) << name;
  }
  EXPECT_FALSE(fs::exists(root_ / "run" / "x.a"));
}

TEST_F(Campaign_loop, does_not_run_what_the_target_cannot_do) {
  const auto done = go({case_named("x/a", "no tcp")});
  EXPECT_TRUE(seeds_.empty());
  EXPECT_EQ(done.all.cases[0].summary.result, outcome::not_exercised);
  EXPECT_EQ(done.all.cases[0].summary.detail, "no tcp");
}

TEST_F(Campaign_loop, stops_at_a_fault_and_keeps_what_was_done) {
  const auto done = go({case_named("x/a"), case_named("x/broken"), case_named("x/b")});
  EXPECT_EQ(done.fault, "x/broken: no daemon");
  EXPECT_EQ(done.all.cases.size(), 1u);
}

TEST_F(Campaign_loop, ends_between_cases_when_interrupted) {
  how_.interrupted = [this] { return seeds_.size() == 1; };
  const auto done = go({case_named("x/a"), case_named("x/b")});
  EXPECT_TRUE(done.all.interrupted);
  EXPECT_EQ(done.all.cases.size(), 1u);
}

TEST_F(Campaign_loop, says_nothing_of_a_case_that_was_cut) {
  how_.interrupted = [this] { return !seeds_.empty(); };
  const auto done = go({case_named("x/unknown")});
  EXPECT_TRUE(done.all.interrupted);
  EXPECT_TRUE(done.all.cases.empty());
}

TEST_F(Campaign_loop, asks_how_a_verdict_stands_to_the_known_failures) {
  how_.against_known = [](report::case_record& one) {
    one.against_known = one.summary.result == outcome::fail ? report::standing::known : report::standing::unexpected_pass;
  };
  const auto done = go({case_named("x/fail"), case_named("x/a")});
  EXPECT_EQ(done.all.cases[0].against_known, report::standing::known);
  EXPECT_EQ(done.all.cases[1].against_known, report::standing::unexpected_pass);
}

}  // namespace
}  // namespace nailbiter::command
