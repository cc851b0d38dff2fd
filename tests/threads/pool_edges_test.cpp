// A pool where one more or one less matters: two jobs whose threads are on their way when it stops, and work that may
// not wait beside a thread that does.

#include <atomic>
#include <functional>
#include <semaphore>
#include <thread>

#include <gtest/gtest.h>

#include "reference/task/job_pool.hpp"
#include "tests/threads/green_support.hpp"
#include "tests/threads/protocols_support.hpp"

namespace threads {
namespace {

/// What jobs hold whose threads have not begun may call the pool when stop() drops it.
std::string two_on_their_way(fiber_world& world, strategy& decides, std::uint64_t seed) {
  using pool_type = naild::task::basic_job_pool<fiber_sync>;
  pool_type jobs({.threads_max = 2, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  world.begin(decides, seed);
  world.start([&] {
    const auto call_back = [&jobs](const int* dead) {
      jobs.give_up(99);
      delete dead;
    };
    for (int count = 0; count < 2; ++count) {
      std::function<void()> work = [held = std::shared_ptr<int>(new int(0), call_back)] {};
      std::uint64_t ticket = 0;
      const auto got = jobs.start(1, work, pool_type::busy::wait, ticket);
      if (got == pool_type::answer::needs_thread) world.start([&jobs, ticket] { jobs.work(ticket); });
    }
    (void)jobs.stop();
  });
  return ending_text(world.run());
}

TEST(Protocols, what_two_jobs_hold_is_destroyed_outside_the_lock_of_a_pool_that_stops) {
  expect_green("two on their way", two_on_their_way);
}

/// What waits for a thread when the pool stops is dropped, though a thread becomes free.
std::string queued_at_the_stop(fiber_world& world, strategy& decides, std::uint64_t seed) {
  using pool_type = naild::task::basic_job_pool<fiber_sync>;
  pool_type jobs({.threads_max = 1, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  signal began, may_end;
  bool ran = false;
  std::size_t still_working = 0;
  world.begin(decides, seed);
  world.start([&] {
    std::function<void()> first = [&] {
      began.set();
      may_end.wait();
    };
    std::uint64_t ticket = 0;
    (void)jobs.start(1, first, pool_type::busy::wait, ticket);
    world.start([&jobs, ticket] { jobs.work(ticket); });
    began.wait();
    std::function<void()> second = [&] { ran = true; };
    (void)jobs.start(1, second, pool_type::busy::wait, ticket);
    still_working = jobs.stop();
    may_end.set();
  });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  return ran ? "a queued job ran after the stop" : still_working == 1 ? "" : "stop() miscounts who works";
}

TEST(Protocols, what_is_queued_when_a_pool_stops_never_runs) { expect_green("queued", queued_at_the_stop); }

/// Tells when a thread of the pool waits for work, and counts who asks before it takes the lock.
struct seen_waiting final : naild::task::thread_control {
  void point(naild::task::resource_id) override { ++points; }
  void wait(const void*, naild::task::resource_id) override {
    waits.release();
    woken.acquire();
  }
  void wake_one(const void*) noexcept override { woken.release(); }
  void wake_all(const void*) noexcept override {}
  std::binary_semaphore waits{0}, woken{0};
  std::atomic<int> points{0};
};

TEST(JobPool, gives_work_that_may_not_wait_to_a_thread_that_does) {
  seen_waiting control;
  naild::task::basic_job_pool<naild::task::thread_sync> jobs({.threads_max = 1}, {.control = &control});
  using policy = decltype(jobs)::busy;
  using answer = decltype(jobs)::answer;
  std::uint64_t ticket = 0;
  std::function<void()> first = [] {};
  ASSERT_EQ(jobs.start(1, first, policy::refuse, ticket), answer::needs_thread);
  std::jthread thread([&] { jobs.work(ticket); });
  control.waits.acquire();

  std::binary_semaphore began{0}, may_end{0};
  std::function<void()> second = [&] {
    began.release();
    may_end.acquire();
  };
  const answer got = jobs.start(1, second, policy::refuse, ticket);
  EXPECT_EQ(got, answer::taken);
  if (got != answer::taken) {  // its thread is to end all the same
    (void)jobs.start(1, second, policy::wait, ticket);
  }
  began.acquire();
  std::function<void()> third = [] {};
  EXPECT_EQ(jobs.start(1, third, policy::refuse, ticket), answer::refused);
  (void)jobs.give_up(1);  // so that its thread ends when the job does
  may_end.release();
  thread.join();
  EXPECT_GE(control.points, 6) << "each lock is a point where others may go first";
}

}  // namespace
}  // namespace threads
