#include "harness/sim/thread_pool.hpp"

#include <mutex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "harness/explore/replay.hpp"
#include "harness/explore/strategies.hpp"
#include "harness/sim/world.hpp"

namespace nailbiter::sim {
namespace {

using port::when_busy;

/// What the threads of one world share.
struct shared {
  explicit shared(thread_pool& threads) : lock(task::lock_place{threads.control()}), changed(task::lock_place{threads.control()}) {}

  void write(char letter) {
    const std::lock_guard scope(lock);
    text += letter;
    changed.notify_all();
  }
  void wait_for(char letter) {
    std::unique_lock scope(lock);
    while (text.find(letter) == std::string::npos) changed.wait(scope);
  }

  task::thread_sync::mutex lock;
  task::thread_sync::condition changed;
  std::string text;
};

struct world_with_threads {
  explicit world_with_threads(explore::strategy& decides, std::uint64_t seed) {
    own.begin(decides, seed);
    threads.begin({});
  }
  ~world_with_threads() { end(); }
  void end() {
    own.end();
    threads.end();
  }

  world own;
  thread_pool threads = own.make_threads();
};

struct execution {
  std::string text;
  std::uint64_t hash = 0;
  explore::schedule record;
};

/// Three threads write their letters.
execution write_all(explore::strategy& decides, std::uint64_t seed) {
  world_with_threads here(decides, seed);
  shared all(here.threads);
  for (const char letter : {'a', 'b', 'c'}) {
    here.threads.start(1, [&all, letter] {
      for (int count = 0; count < 4; ++count) all.write(letter);
    }, when_busy::wait);
  }
  here.own.run();
  execution ran{.text = all.text, .hash = here.own.hash(), .record = explore::make_schedule(here.own.trace(), seed, "portfolio", "")};
  return ran;
}

TEST(Threads, take_the_same_turns_for_the_same_seed_and_others_for_others) {
  const auto decides = explore::make_strategy("portfolio");
  std::set<std::string> orders;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const execution first = write_all(*decides, seed);
    const execution again = write_all(*decides, seed);
    EXPECT_EQ(first.text.size(), 12u);
    EXPECT_EQ(first.text, again.text);
    EXPECT_EQ(first.hash, again.hash);
    orders.insert(first.text);
  }
  EXPECT_GT(orders.size(), 10u);
}

TEST(Threads, take_their_turns_again_in_a_replay) {
  const auto decides = explore::make_strategy("portfolio");
  const execution first = write_all(*decides, 7);
  explore::replay again(first.record);
  EXPECT_EQ(write_all(again, 7).text, first.text);
  EXPECT_FALSE(again.divergence_at_end());
}

TEST(Threads, that_can_go_on_when_the_world_ends_do_and_the_others_leave_their_wait) {
  struct told {
    std::string& to;
    const char* word;
    ~told() { to += word; }
  };
  const auto decides = explore::make_strategy("fifo");
  world_with_threads here(*decides, 1);
  shared all(here.threads);
  std::string seen;
  here.threads.start(1, [&] {
    const told scope{seen, "left "};
    all.wait_for('z');
    seen += "never ";
  }, when_busy::wait);
  here.threads.start(2, [&] {
    all.wait_for('y');
    seen += "went on ";
  }, when_busy::wait);
  here.own.run();
  EXPECT_EQ(here.threads.working(), 2u);
  here.own.end();
  all.write('y');
  here.threads.end();
  EXPECT_EQ(seen, "went on left ");
  EXPECT_EQ(here.threads.working(), 0u);
}

// As in a coroutine, whose frames no exception may leave.
TEST(Threads, that_wait_for_a_stream_when_the_world_has_ended_are_left_as_they_stand) {
  const auto decides = explore::make_strategy("fifo");
  world_with_threads here(*decides, 1);
  const task::lock_place stdin_of_run{here.threads.control(), task::resource_of(1, task::session_part::stdin_pipe)};
  task::thread_sync::mutex lock;
  task::thread_sync::condition answered(stdin_of_run);
  here.threads.start(1, [&]() noexcept {
    std::unique_lock scope(lock);
    for (;;) answered.wait(scope);
  }, when_busy::wait);
  here.own.run();
  EXPECT_EQ(here.threads.working(), 1U);
  here.end();
  EXPECT_EQ(here.threads.working(), 0U);

  here.own.begin(*decides, 2);
  here.threads.begin({});
  bool ran = false;
  here.threads.start(2, [&ran] { ran = true; }, when_busy::wait);
  here.own.run();
  EXPECT_TRUE(ran);
}

TEST(Threads, have_thread_locals_of_their_own) {
  static std::shared_ptr<void> place;  // of the one OS thread
  const swap_locals swaps = [](std::shared_ptr<void>& own) { place.swap(own); };
  const auto decides = explore::make_strategy("portfolio");
  world where;
  thread_pool threads = where.make_threads(swaps);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    where.begin(*decides, seed);
    threads.begin({});
    shared all(threads);
    unsigned right = 0;
    for (const int number : {1, 2, 3}) {
      threads.start(1, [&, number] {
        place = std::make_shared<int>(number);
        all.write('x');
        right += *std::static_pointer_cast<int>(place) == number;
        place = nullptr;
      }, when_busy::wait);
    }
    where.run();
    EXPECT_EQ(right, 3u);
    EXPECT_EQ(place, nullptr);
    where.end();
    threads.end();
  }
}

}  // namespace
}  // namespace nailbiter::sim
