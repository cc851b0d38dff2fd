#include "harness/command/power_jobs.hpp"

#include <gtest/gtest.h>

#include <map>

#include "harness/target/temporary_directory.hpp"

namespace nailbiter::command {
namespace {

constexpr target::milliseconds long_ms{60'000};

class PowerJobs : public ::testing::Test {
 protected:
  power_job job_of(const std::string& script) {
    const auto log = folder_->path() / (std::to_string(made_++) + ".log");
    return {.argv = {"/bin/sh", "-c", script}, .log = log, .ends_with_first_failure = false, .at_most = long_ms};
  }
  std::map<std::size_t, ended_job> run(const std::vector<power_job>& jobs) {
    std::map<std::size_t, ended_job> ended;
    const auto ran = run_jobs(jobs, 2, [] { return false; }, [&](std::size_t number, const ended_job& one) { ended[number] = one; });
    EXPECT_TRUE(ran && *ran);
    return ended;
  }

  tl::expected<target::temporary_directory, std::string> folder_ = target::temporary_directory::make();
  int made_ = 0;
};

TEST_F(PowerJobs, end_each_with_its_code_and_output) {
  const auto ended = run({job_of("echo one; exit 3"), job_of("echo two"), job_of("kill -9 $$")});
  ASSERT_EQ(ended.size(), 3u);
  EXPECT_EQ(ended.at(0).exit_code, 3);
  EXPECT_EQ(ended.at(0).output, "one\n");
  EXPECT_EQ(ended.at(1).exit_code, 0);
  EXPECT_EQ(ended.at(2).exit_code, -1);
}

TEST_F(PowerJobs, that_have_seen_enough_are_stopped) {
  auto job = job_of("echo 'pass 1'; echo 'fail 2'; exec tail -f /dev/null");
  job.ends_with_first_failure = true;
  EXPECT_EQ(run({job}).at(0).output, "pass 1\nfail 2\n");
}

TEST_F(PowerJobs, that_take_too_long_are_stopped) {
  auto job = job_of("exec tail -f /dev/null");
  job.at_most = target::milliseconds(1);
  EXPECT_EQ(run({job}).at(0).exit_code, -1);
}

TEST_F(PowerJobs, are_not_begun_when_interrupted) {
  const auto ran = run_jobs({job_of("exit 0")}, 2, [] { return true; }, [](std::size_t, const ended_job&) { FAIL(); });
  ASSERT_TRUE(ran);
  EXPECT_FALSE(*ran);
}

}  // namespace
}  // namespace nailbiter::command
