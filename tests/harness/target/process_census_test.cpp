#include "harness/target/process_census.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "harness/target/process.hpp"

namespace nailbiter::target {
namespace {

TEST(ProcessCensus, counts_descriptors_children_and_zombies_of_a_process) {
  const auto before = resources_of(::getpid());
  if (!before) GTEST_SKIP() << "/proc is not to be read here";
  EXPECT_GE(before->threads, 1);
  EXPECT_GT(before->rss_kib, 0);
  auto sleeper = process::start({"/bin/sleep", "60"}, "/dev/null");
  auto dead = process::start({"/bin/true"}, "/dev/null");
  ASSERT_TRUE(sleeper && dead);
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(dead->pid()), &info, WEXITED | WNOWAIT);
  const auto during = resources_of(::getpid());
  ASSERT_TRUE(during);
  EXPECT_EQ(during->children, before->children + 1);
  EXPECT_EQ(during->zombies, before->zombies + 1);
  EXPECT_GT(during->fds, before->fds);  // two pidfds
  EXPECT_GT(during->tree_rss_kib, during->rss_kib);
}

// One thread more is not a table more, unless it has one of its own.
TEST(ProcessCensus, counts_a_table_that_threads_share_once) {
  const auto before = resources_of(::getpid());
  if (!before) GTEST_SKIP() << "/proc is not to be read here";
  for (const bool has_own : {false, true}) {
    std::latch there(2);
    std::latch counted(1);
    bool made = true;
    std::jthread other([&] {
      if (has_own) made = ::unshare(CLONE_FILES) == 0;
      there.count_down();
      counted.wait();
    });
    there.arrive_and_wait();
    const auto during = resources_of(::getpid());
    counted.count_down();
    other.join();
    ASSERT_TRUE(during);
    EXPECT_EQ(during->threads, before->threads + 1);
    EXPECT_TRUE(made);
    if (has_own) {
      EXPECT_GT(during->fds, before->fds);  // not twice as many: what the count itself has open is in one of them
    } else {
      EXPECT_EQ(during->fds, before->fds);
    }
  }
}

TEST(ProcessCensus, sees_nothing_of_a_process_that_is_not_there) { EXPECT_FALSE(resources_of(-1)); }

}  // namespace
}  // namespace nailbiter::target
