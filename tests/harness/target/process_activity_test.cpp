#include "harness/target/process_activity.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/target/process.hpp"
#include "harness/target/temporary_directory.hpp"

namespace nailbiter::target {
namespace {

TEST(ProcessActivity, of_this_process_is_runnable_and_has_used_the_processor) {
  const auto seen = activity_of(static_cast<std::int32_t>(::getpid()));
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->runnable);
}

TEST(ProcessActivity, of_no_process_is_nothing) {
  EXPECT_FALSE(activity_of(0));
  EXPECT_EQ(stacks_of(0), "");
}

TEST(ProcessActivity, of_a_process_that_is_held_is_not_idle) {
  auto directory = temporary_directory::make();
  ASSERT_TRUE(directory) << directory.error();
  auto held = process::start({"/bin/sh", "-c", "kill -STOP $$; exec tail -f /dev/null"}, directory->path() / "log");
  ASSERT_TRUE(held) << held.error();
  siginfo_t stopped{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(held->pid()), &stopped, WSTOPPED), 0);
  const auto seen = activity_of(held->pid());
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->runnable);
}

TEST(ProcessActivity, names_each_thread_and_where_it_waits_or_why_that_is_not_shown) {
  auto directory = temporary_directory::make();
  ASSERT_TRUE(directory) << directory.error();
  // Its shell says so and then waits for its own standard input, which the test holds open.
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  auto waits = process::start({"/bin/sh", "-c", "echo begun; read line"}, directory->path() / "log", ends[0]);
  ASSERT_TRUE(waits) << waits.error();
  ASSERT_TRUE(waits->wait_for_output("begun", milliseconds(10'000)));
  const std::string lines = stacks_of(waits->pid());
  EXPECT_NE(lines.find(" sh "), std::string::npos) << lines;
  EXPECT_NE(lines.find("system call"), std::string::npos) << lines;
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace nailbiter::target
