#include "reference/io/thread_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <semaphore>

namespace naild::io {
namespace {

using port::when_busy;

TEST(ThreadPool, runs_what_it_takes_and_stops_when_all_is_done) {
  thread_pool pool;
  std::latch done(20);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(pool.start(1, [&done] { done.count_down(); }, when_busy::wait));
  done.wait();
  EXPECT_EQ(pool.stop(std::chrono::seconds(60)), 0u);
}

TEST(ThreadPool, work_that_may_wait_is_queued_and_other_work_is_refused_while_all_are_busy) {
  thread_pool pool({.threads_max = 1, .queued_max = 1});
  std::binary_semaphore go(0), second_ran(0);
  ASSERT_TRUE(pool.start(1, [&go] { go.acquire(); }, when_busy::wait));
  EXPECT_FALSE(pool.start(2, [] {}, when_busy::refuse));
  EXPECT_TRUE(pool.start(2, [&second_ran] { second_ran.release(); }, when_busy::wait));
  EXPECT_FALSE(pool.start(3, [] {}, when_busy::wait));  // the queue is full
  go.release();
  second_ran.acquire();
  EXPECT_EQ(pool.stop(std::chrono::seconds(60)), 0u);
}

TEST(ThreadPool, a_thread_that_is_given_up_is_replaced) {
  thread_pool pool({.threads_max = 1});
  std::binary_semaphore go(0), began(0), other_ran(0);
  ASSERT_TRUE(pool.start(1, [&] { began.release(); go.acquire(); }, when_busy::wait));
  began.acquire();
  ASSERT_TRUE(pool.start(1, [] { FAIL() << "its owner was given up"; }, when_busy::wait));
  ASSERT_TRUE(pool.start(2, [&] { other_ran.release(); }, when_busy::wait));
  const port::given_up found = pool.give_up(1);
  EXPECT_EQ(found.lost, 1u);
  EXPECT_EQ(found.dequeued, 1u);
  EXPECT_FALSE(found.exhausted);
  other_ran.acquire();
  EXPECT_GE(pool.stop(std::chrono::milliseconds(0)), 1u);  // it still works
  go.release();
  EXPECT_EQ(pool.stop(std::chrono::seconds(60)), 0u);
}

TEST(ThreadPool, says_when_it_has_lost_more_threads_than_it_may) {
  thread_pool pool({.lost_max = 1});
  std::counting_semaphore<2> go(0), began(0);
  for (const port::work_owner owner : {1u, 2u}) {
    ASSERT_TRUE(pool.start(owner, [&] { began.release(); go.acquire(); }, when_busy::wait));
    began.acquire();
  }
  EXPECT_FALSE(pool.give_up(1).exhausted);
  EXPECT_TRUE(pool.give_up(2).exhausted);
  go.release(2);
  EXPECT_EQ(pool.stop(std::chrono::seconds(60)), 0u);
}

}  // namespace
}  // namespace naild::io
