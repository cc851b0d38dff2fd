// The pool of threads, with real ones: who starts, who works, who gives up and who fails meet in it at once.

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/task/job_pool.hpp"

namespace crowded {
namespace {

using pool = naild::task::basic_job_pool<naild::task::std_sync>;

constexpr int starters = 3;
constexpr int jobs_each = 1'000;

TEST(JobPool, runs_every_job_that_it_takes) {
  pool jobs({.threads_max = 4, .queued_max = 100'000, .idle_max = 2});
  std::atomic<int> ran{0};
  std::mutex mutex;
  std::vector<std::jthread> workers;
  const auto make_thread = [&] {
    const std::lock_guard lock(mutex);
    workers.emplace_back([&jobs] { jobs.work(); });
  };
  const auto start = [&](int number) {
    std::function<void()> work = [&ran] { ++ran; };
    auto got = jobs.start(1, work, pool::busy::wait);
    while (got == pool::answer::needs_thread && number % 100 == 99) {  // as if no thread could be made
      number = 0;
      if (jobs.thread_failed(1)) return;  // another thread has taken it
      work = [&ran] { ++ran; };
      got = jobs.start(1, work, pool::busy::wait);
    }
    ASSERT_NE(got, pool::answer::refused);
    if (got == pool::answer::needs_thread) make_thread();
  };
  {
    std::vector<std::jthread> all;
    for (int starter = 0; starter < starters; ++starter) {
      all.emplace_back([&] {
        for (int number = 0; number < jobs_each; ++number) start(number);
      });
    }
    all.emplace_back([&] {
      for (int number = 0; number < jobs_each; ++number) EXPECT_EQ(jobs.give_up(2).lost, 0u);
    });
  }
  std::function<void()> last = [&ran] { ++ran; };
  if (jobs.start(1, last, pool::busy::wait) == pool::answer::needs_thread) make_thread();
  // No deadline: a job that is lost shows as a test that does not end.
  while (ran < starters * jobs_each + 1) std::this_thread::yield();
  (void)jobs.stop();
}

}  // namespace
}  // namespace crowded
