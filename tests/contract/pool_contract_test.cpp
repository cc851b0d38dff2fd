// A pool runs work beside the strands, lets its threads wait for each other, keeps its bounds and replaces who is lost.

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "reference/task/event.hpp"
#include "tests/contract/world_under_test.hpp"

namespace contract {
namespace {

using namespace naild;
using port::when_busy;

/// What jobs say, on the strand of the test, in the order in which it comes. A word is a job's last touch of the test.
struct desk {
  explicit desk(task::strand& where) : here(where), rung(where, {}) {}

  void tell(std::string word) {
    task::post(here, {}, [this, word = std::move(word)] {
      heard.push_back(word);
      rung.set();
    });
  }
  task::task<> until(std::size_t count) {
    while (heard.size() < count) co_await rung;
  }

  task::strand& here;
  task::event rung;
  std::vector<std::string> heard;
};

/// What threads of the pool wait for, made as code that they share makes it.
class gate {
 public:
  explicit gate(port::thread_pool& whose) : mutex_(place{whose.control()}), opened_(place{whose.control()}) {}
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    while (!open_) opened_.wait(lock);
  }

 private:
  using place = task::lock_place;
  task::thread_sync::mutex mutex_;
  task::thread_sync::condition opened_;
  bool open_ = false;
};

/// Tells when it is destroyed.
struct last_word {
  desk& to;
  explicit last_word(desk& where) : to(where) {}
  last_word(const last_word&) = delete;
  last_word& operator=(const last_word&) = delete;
  ~last_word() { to.tell("destroyed"); }
};

task::task<> run_one(port::thread_pool& threads) {
  task::strand& here = co_await task::this_strand();
  desk told(here);
  auto held = std::make_shared<last_word>(told);
  const bool started = threads.start(1, [&told, held] { told.tell(told.here.running_here() ? "on the strand" : "beside it"); }, when_busy::wait);
  held = nullptr;
  EXPECT_TRUE(started);
  co_await told.until(2);
  EXPECT_EQ(told.heard, (std::vector<std::string>{"beside it", "destroyed"}));
}

TEST_P(port_contract, a_pool_runs_work_beside_the_strand_and_then_destroys_it) {
  auto world = make();
  EXPECT_TRUE(world->run_to_end(run_one(world->threads({}))));
}

task::task<> meet(port::thread_pool& threads) {
  task::strand& here = co_await task::this_strand();
  desk told(here);
  gate first(threads);
  gate second(threads);
  (void)threads.start(1, [&] { first.open(), second.pass(), told.tell("met"); }, when_busy::wait);
  (void)threads.start(2, [&] { second.open(), first.pass(), told.tell("met"); }, when_busy::wait);
  co_await told.until(2);
}

TEST_P(port_contract, threads_of_a_pool_wait_for_each_other) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto world = make(seed);
    ASSERT_TRUE(world->run_to_end(meet(world->threads({})))) << seed;
  }
}

task::task<> keep_bounds(port::thread_pool& threads) {
  task::strand& here = co_await task::this_strand();
  desk told(here);
  gate busy(threads);
  const auto word = [&told](const char* text) {
    return [&told, text] { told.tell(text); };
  };
  EXPECT_TRUE(threads.start(1, [&] { busy.pass(), told.tell("first"); }, when_busy::wait));
  EXPECT_FALSE(threads.start(1, word("refused"), when_busy::refuse));
  EXPECT_TRUE(threads.start(2, word("second"), when_busy::wait));
  EXPECT_FALSE(threads.start(3, word("too many"), when_busy::wait));
  busy.open();
  co_await told.until(2);
  EXPECT_EQ(told.heard, (std::vector<std::string>{"first", "second"}));
}

TEST_P(port_contract, a_pool_refuses_or_queues_what_finds_every_thread_busy) {
  auto world = make();
  EXPECT_TRUE(world->run_to_end(keep_bounds(world->threads({.threads_max = 1, .queued_max = 1}))));
}

task::task<> lose(port::thread_pool& threads) {
  task::strand& here = co_await task::this_strand();
  desk told(here);
  gate stuck(threads);
  const auto sticks = [&] { told.tell("stuck"), stuck.pass(), told.tell("late"); };
  (void)threads.start(7, sticks, when_busy::wait);
  (void)threads.start(7, [&] { told.tell("given up"); }, when_busy::wait);
  (void)threads.start(8, sticks, when_busy::wait);
  co_await told.until(1);
  const port::given_up first = threads.give_up(7);
  EXPECT_EQ(first.lost, 1u);
  EXPECT_EQ(first.dequeued, 1u);
  EXPECT_FALSE(first.exhausted);
  co_await told.until(2);  // on the thread that has taken the lost one's place
  const port::given_up second = threads.give_up(8);
  EXPECT_EQ(second.lost, 1u);
  EXPECT_TRUE(second.exhausted);
  EXPECT_EQ(threads.give_up(9).lost, 0u);
  stuck.open();
  co_await told.until(4);
  EXPECT_EQ(told.heard, (std::vector<std::string>{"stuck", "stuck", "late", "late"}));
}

TEST_P(port_contract, a_pool_replaces_threads_that_are_lost_and_says_when_they_are_too_many) {
  auto world = make();
  EXPECT_TRUE(world->run_to_end(lose(world->threads({.threads_max = 1, .lost_max = 1}))));
}

}  // namespace
}  // namespace contract
