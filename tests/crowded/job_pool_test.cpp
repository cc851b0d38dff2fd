// The pool of threads, with real ones: who starts, who works, who gives up and who fails meet in it at once.

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "reference/task/job_pool.hpp"

namespace crowded {
namespace {

using pool = naild::task::basic_job_pool<naild::task::thread_sync>;

constexpr int starters = 3;
constexpr int jobs_each = 1'000;

TEST(JobPool, runs_every_job_that_it_takes) {
  pool jobs({.threads_max = 4, .queued_max = 100'000, .idle_max = 2});
  std::atomic<int> ran{0};
  std::mutex mutex;
  std::vector<std::jthread> workers;
  const auto make_thread = [&](std::uint64_t ticket) {
    const std::lock_guard lock(mutex);
    workers.emplace_back([&jobs, ticket] { jobs.work(ticket); });
  };
  const auto start = [&](int number) {
    std::function<void()> work = [&ran] { ++ran; };
    std::uint64_t ticket = 0;
    auto got = jobs.start(1, work, pool::busy::wait, ticket);
    while (got == pool::answer::needs_thread && number % 100 == 99) {  // as if no thread could be made
      jobs.thread_failed(ticket);
      number = 0;
      work = [&ran] { ++ran; };
      got = jobs.start(1, work, pool::busy::wait, ticket);
    }
    ASSERT_NE(got, pool::answer::refused);
    if (got == pool::answer::needs_thread) make_thread(ticket);
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
  std::uint64_t ticket = 0;
  if (jobs.start(1, last, pool::busy::wait, ticket) == pool::answer::needs_thread) make_thread(ticket);
  // No deadline: a job that is lost shows as a test that does not end.
  while (ran < starters * jobs_each + 1) std::this_thread::yield();
  (void)jobs.stop();
}

TEST(JobPool, waits_for_work_that_is_about_to_end) {
  pool jobs({.threads_max = 1});
  std::binary_semaphore began{0}, may_end{0};
  std::function<void()> work = [&] {
    began.release();
    may_end.acquire();
  };
  std::uint64_t ticket = 0;
  ASSERT_EQ(jobs.start(1, work, pool::busy::wait, ticket), pool::answer::needs_thread);
  std::jthread thread([&] { jobs.work(ticket); });
  began.acquire();
  EXPECT_EQ(jobs.stop(), 1u);
  std::jthread other([&] { may_end.release(); });
  EXPECT_EQ(jobs.wait_for_busy(std::chrono::hours(1)), 0u);
}

}  // namespace
}  // namespace crowded
