#include "harness/target/process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

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

/// What a harness that is killed outright has started: its number. The harness is a child, and who it leaves is ours.
pid_t left_by_a_killed_harness(const std::filesystem::path& log) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::array<int, 2> told{};
  if (::pipe(told.data()) != 0) return -1;
  const pid_t harness = ::fork();
  if (harness == 0) {
    const auto child = process::start({"/bin/sh", "-c", "echo up; exec tail -f /dev/null"}, log);
    const pid_t started = child ? child->pid() : -1;
    (void)!::write(told[1], &started, sizeof started);
    ::raise(SIGKILL);
  }
  pid_t left = -1;
  ::close(told[1]);
  (void)!::read(told[0], &left, sizeof left);
  ::close(told[0]);
  ::waitpid(harness, nullptr, 0);
  return left;
}

TEST_F(ProcessTest, ends_with_a_harness_that_is_killed_outright) {
  const pid_t left = left_by_a_killed_harness(directory_->path() / "log");
  ASSERT_GT(left, 0);
  const descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, left, 0)));
  pollfd watched{.fd = handle.get(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&watched, 1, static_cast<int>(plenty.count())), 1) << "it goes on";
  ::kill(left, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(left, &status, 0), left);
  EXPECT_TRUE(WIFSIGNALED(status));
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
