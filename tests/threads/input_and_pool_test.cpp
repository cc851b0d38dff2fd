// More protocols of what threads of a run share: readers of one stdin, and the ends of a pool of threads.

#include <functional>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "reference/stdio/shared_input.hpp"
#include "reference/task/job_pool.hpp"
#include "tests/threads/green_support.hpp"
#include "tests/threads/protocols_support.hpp"

namespace threads {
namespace {

using pool_type = naild::task::basic_job_pool<fiber_sync>;

struct ringing_watcher final : naild::stdio::input_watcher {
  void input_wanted() noexcept override { rung.set(); }
  signal rung;
};

/// Two threads read one stdin: each byte goes to one of them, and the end frees both.
std::string two_readers(fiber_world& world, strategy& decides, std::uint64_t seed) {
  ringing_watcher watcher;
  naild::stdio::basic_shared_input<fiber_sync> input(watcher);
  std::array<std::string, 2> got;
  std::size_t unasked = 0;
  bool over = false;
  bool ended_early = false;
  world.begin(decides, seed);
  for (std::string& mine : got) {
    world.start([&] {
      for (auto piece = input.read(2); !piece.empty(); piece = input.read(2)) mine += piece;
      ended_early |= !over;
    });
  }
  world.start([&] {
    for (const char* each : {"ab", "cd", "ef"}) {
      watcher.rung.wait();
      if (input.take_request() != 2u) ++unasked;
      input.give(each);
    }
    watcher.rung.wait();
    over = true;
    input.end();
  });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  if (unasked != 0) return "a ring without a request";
  if (ended_early) return "an end for a reader that came too late for its piece";
  return (got[0] + got[1]).size() == 6 ? "" : "bytes were lost or read twice";
}

void start_job(fiber_world& world, pool_type& jobs, std::uint32_t owner, std::function<void()>& work) {
  std::uint64_t ticket = 0;
  if (jobs.start(owner, work, pool_type::busy::wait, ticket) != pool_type::answer::needs_thread) return;
  world.start([&jobs, ticket] { jobs.work(ticket); });
}

/// A job whose thread had not begun when stop() was called is dropped or counted: it never runs unseen.
std::string stop_before_the_thread(fiber_world& world, strategy& decides, std::uint64_t seed) {
  pool_type jobs({.threads_max = 2, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  signal may_end;
  std::size_t still_working = 9;
  std::size_t ran = 0;
  world.begin(decides, seed);
  world.start([&] {
    std::function<void()> work = [&] {
      ++ran;
      may_end.wait();
    };
    start_job(world, jobs, 1, work);
    still_working = jobs.stop();
    may_end.set();
  });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  return still_working == ran ? "" : "stop() does not count the job that works";
}

/// Who is given up before its thread has begun never runs; its thread serves the next.
std::string given_up_before_the_thread(fiber_world& world, strategy& decides, std::uint64_t seed) {
  pool_type jobs({.threads_max = 1, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  signal next_done;
  pool_type::removal removed;
  bool ran = false;
  world.begin(decides, seed);
  world.start([&] {
    std::function<void()> work = [&] { ran = true; };
    std::uint64_t ticket = 0;
    (void)jobs.start(1, work, pool_type::busy::wait, ticket);
    removed = jobs.give_up(1);
    world.start([&jobs, ticket] { jobs.work(ticket); });
    std::function<void()> next = [&] { next_done.set(); };
    start_job(world, jobs, 2, next);
    next_done.wait();
    (void)jobs.stop();
  });
  const std::string wrong = ending_text(world.run());
  if (!wrong.empty()) return wrong;
  return !ran && removed.dequeued == 1 && removed.lost == 0 ? "" : "a job that was given up before it began runs";
}

/// What a job holds may call the pool when it is destroyed.
std::string closure_calls_back(fiber_world& world, strategy& decides, std::uint64_t seed) {
  pool_type jobs({.threads_max = 1, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  signal ran;
  world.begin(decides, seed);
  world.start([&] {
    const auto call_back = [&jobs](const int* dead) {
      jobs.give_up(99);
      delete dead;
    };
    std::function<void()> work = [&ran, held = std::shared_ptr<int>(new int(0), call_back)] { ran.set(); };
    start_job(world, jobs, 1, work);
    ran.wait();
    (void)jobs.stop();
  });
  return ending_text(world.run());
}

/// A job that waits for another one gets it: no thread counts as idle that works.
std::string one_waits_for_the_next(fiber_world& world, strategy& decides, std::uint64_t seed) {
  pool_type jobs({.threads_max = 2, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  signal first_done, second_began, third_done, all_done;
  const auto start = [&](std::function<void()> work) {
    start_job(world, jobs, 1, work);
  };
  world.begin(decides, seed);
  world.start([&] {
    start([&] { first_done.set(); });
    first_done.wait();
    start([&] { second_began.set(); third_done.wait(); all_done.set(); });
    second_began.wait();
    start([&] { third_done.set(); });
    all_done.wait();
    (void)jobs.stop();
  });
  return ending_text(world.run());
}

/// Who is given up is lost; it is replaced for work that waits, and for nothing else.
std::string given_up(fiber_world& world, strategy& decides, std::uint64_t seed) {
  pool_type jobs({.threads_max = 1, .queued_max = 9, .idle_max = 9, .lost_max = 1});
  signal began, may_end, quick_done;
  std::string wrong;
  const auto expect = [&](pool_type::removal got, std::size_t dequeued, std::size_t lost, std::size_t needed, bool exhausted) {
    const bool right = got.dequeued == dequeued && got.lost == lost && got.threads_needed == needed && got.exhausted == exhausted;
    if (!right) wrong = "give_up() miscounts";
  };
  const auto start = [&](std::uint32_t owner, std::function<void()> work) {
    start_job(world, jobs, owner, work);
  };
  world.begin(decides, seed);
  world.start([&] {
    start(7, [&] { began.set(); may_end.wait(); may_end.set(); });
    began.wait();
    expect(jobs.give_up(7), 0, 1, 0, false);
    start(8, [&] { began.set(); may_end.wait(); may_end.set(); });
    began.wait();
    start(8, [] {});
    start(1, [&] { quick_done.set(); });
    expect(jobs.give_up(8), 1, 1, 1, true);
    world.start([&jobs] { jobs.work(); });
    quick_done.wait();
    may_end.set();
    (void)jobs.stop();
  });
  const std::string ended = ending_text(world.run());
  return ended.empty() ? wrong : ended;
}

TEST(Protocols, each_byte_of_stdin_goes_to_one_reader_and_the_end_to_all) { expect_green("readers", two_readers); }
TEST(Protocols, a_pool_that_stops_counts_a_thread_that_has_not_begun) { expect_green("stop", stop_before_the_thread); }
TEST(Protocols, a_job_given_up_before_its_thread_began_never_runs) { expect_green("early", given_up_before_the_thread); }
TEST(Protocols, what_a_job_holds_is_destroyed_outside_the_lock) { expect_green("closure", closure_calls_back); }
TEST(Protocols, a_thread_that_works_is_not_idle) { expect_green("idle", one_waits_for_the_next); }
TEST(Protocols, a_thread_that_is_given_up_is_replaced_for_waiting_work_only) { expect_green("give up", given_up); }

/// A thread that cannot be made while stop() waits for it keeps nobody waiting.
std::string thread_fails_during_stop(fiber_world& world, strategy& decides, std::uint64_t seed) {
  pool_type jobs({.threads_max = 2, .queued_max = 9, .idle_max = 9, .lost_max = 9});
  std::uint64_t ticket = 0;
  bool ran = false;
  world.begin(decides, seed);
  world.start([&] {
    std::function<void()> work = [&] { ran = true; };
    (void)jobs.start(1, work, pool_type::busy::wait, ticket);
    world.start([&] { jobs.thread_failed(ticket); });
    (void)jobs.stop();
  });
  const std::string wrong = ending_text(world.run());
  return wrong.empty() && ran ? "a job without a thread ran" : wrong;
}

TEST(Protocols, a_thread_that_fails_during_the_stop_ends_the_wait) { expect_green("fails", thread_fails_during_stop); }

TEST(JobPool, a_thread_that_could_not_be_made_leaves_its_place_and_takes_its_own_job_only) {
  naild::task::basic_job_pool<naild::task::thread_sync> jobs({.threads_max = 2, .queued_max = 0});
  using policy = decltype(jobs)::busy;
  using answer = decltype(jobs)::answer;
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint64_t third = 0;
  std::string ran;
  std::function<void()> a = [&] { ran += 'a'; };
  std::function<void()> b = [&] { ran += 'b'; };
  std::function<void()> c = [&] { ran += 'c'; };
  EXPECT_EQ(jobs.start(1, a, policy::wait, first), answer::needs_thread);
  EXPECT_EQ(jobs.start(1, b, policy::wait, second), answer::needs_thread);
  EXPECT_EQ(jobs.start(1, c, policy::wait, third), answer::refused);
  jobs.thread_failed(first);
  EXPECT_EQ(jobs.start(1, c, policy::wait, third), answer::needs_thread);
  jobs.thread_failed(third);
  {
    std::jthread thread([&] { jobs.work(second); });
    (void)jobs.stop();  // also drops what has not begun
  }
  EXPECT_TRUE(ran == "b" || ran.empty()) << ran;
}

}  // namespace
}  // namespace threads
