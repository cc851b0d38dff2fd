#include "harness/target/process.hpp"

#include <sys/wait.h>

#include <gtest/gtest.h>

#include "harness/target/temporary_directory.hpp"

namespace nailbiter::target {
namespace {

class ProcessTest : public testing::Test {
 protected:
  process start(const std::string& script) {
    auto child = process::start({"/bin/sh", "-c", script}, directory_->path() / "log");
    EXPECT_TRUE(child) << child.error();
    return std::move(*child);
  }
  tl::expected<temporary_directory, std::string> directory_ = temporary_directory::make();
};

constexpr milliseconds plenty{20'000};

TEST_F(ProcessTest, waits_for_the_line_that_says_ready) {
  process child = start("echo starting; echo listening on unix:/x; exec tail -f /dev/null");
  EXPECT_EQ(child.wait_for_output("listening on (\\S+)", plenty), "unix:/x");
}

TEST_F(ProcessTest, a_child_that_ends_first_is_never_ready) {
  process child = start("echo no; exit 3");
  EXPECT_EQ(child.wait_for_output("yes", plenty), std::nullopt);
  EXPECT_EQ(WEXITSTATUS(child.wait(plenty).value_or(0)), 3);
  EXPECT_EQ(child.output(0, 100), "no\n");
}

TEST_F(ProcessTest, a_log_that_was_used_before_begins_empty) {
  start("echo listening on unix:/old").wait(plenty);
  process child = start("echo listening on unix:/new; exec tail -f /dev/null");
  EXPECT_EQ(child.wait_for_output("listening on (\\S+)", plenty), "unix:/new");
}

TEST_F(ProcessTest, a_child_that_ignores_the_polite_signal_is_killed) {
  process child = start("trap '' TERM; echo up; tail -f /dev/null");
  ASSERT_TRUE(child.wait_for_output("up", plenty));
  child.stop(milliseconds(50));
  EXPECT_TRUE(WIFSIGNALED(child.ended().value_or(0)));
}

TEST_F(ProcessTest, says_what_a_child_that_has_ended_and_its_own_children_have_used) {
  process child = start("/bin/sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; exit 0");
  EXPECT_EQ(child.cpu_us(), 0u);
  ASSERT_TRUE(child.wait(plenty));
  EXPECT_GT(child.cpu_us(), 1'000u);
}

TEST_F(ProcessTest, a_program_that_does_not_exist_is_an_error_with_its_name) {
  const auto child = process::start({"/nonexistent/program"}, directory_->path() / "log");
  ASSERT_FALSE(child);
  EXPECT_NE(child.error().find("/nonexistent/program"), std::string::npos);
}

TEST(TemporaryDirectory, is_private_and_gone_afterwards) {
  std::filesystem::path path;
  {
    const auto directory = temporary_directory::make();
    ASSERT_TRUE(directory) << directory.error();
    path = directory->path();
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace nailbiter::target
