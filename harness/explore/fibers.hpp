#pragma once

// Code that real threads share, run on controlled fibers: at every lock, wait and notification a strategy decides who
// goes on. It shows the sequentially consistent interleavings of those points; data races between them are
// ThreadSanitizer's. The trace has the form of the simulator's, so its schedules replay here too.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "harness/explore/fiber.hpp"
#include "harness/explore/strategy.hpp"
#include "harness/explore/trace.hpp"

namespace nailbiter::explore {

/// One execution after another on one OS thread; one world at a time is running.
class fiber_world {
 public:
  enum class ending : std::uint8_t { finished, deadlock, step_limit };

  fiber_world();
  ~fiber_world();
  fiber_world(const fiber_world&) = delete;
  fiber_world& operator=(const fiber_world&) = delete;

  /// Forgets the last execution; then start() fibers, then run().
  void begin(strategy& decides, std::uint64_t seed);

  /// A fiber; from outside or from a running one. At most 255.
  void start(std::function<void()> body);

  /// Until all have ended, none can go on, or `steps_max` steps have run. Then every fiber is destroyed.
  ending run(std::uint64_t steps_max = 10'000);

  const trace& what_ran() const noexcept { return trace_; }

  // For the policy below: the running fiber, and what it does.
  static fiber_world& running() noexcept;
  void point(naild::task::resource_id what);            // others may go first
  std::uint32_t fiber() const noexcept { return current_; }
  void block();                                         // until somebody wakes it
  void wake(std::uint32_t fiber);
  std::uint32_t choose(std::uint32_t bound);            // a recorded decision; below `bound`, which is 1 to 255
  naild::task::resource_id new_resource() noexcept { return next_resource_++; }
  int& binding() noexcept { return bindings_[current_]; }
  bool is_ending() const noexcept { return ending_; }

 private:
  void enable(std::uint32_t fiber, naild::task::resource_id what);
  void leave_to_scheduler();
  void step();

  strategy* strategy_ = nullptr;
  std::vector<std::unique_ptr<explore::fiber>> fibers_;  // by number - 1
  std::vector<int> bindings_;                         // by number; what thread-local storage holds
  std::vector<runnable> ready_;                       // oldest first
  std::vector<naild::task::resource_id> touches_;     // by number: the next step's
  trace trace_;
  std::uint32_t current_ = 0;
  std::uint32_t finished_ = 0;
  naild::task::resource_id next_resource_ = 1;
  bool ending_ = false;
};

/// The policy of reference/task/sync.hpp for the running world.
struct fiber_sync {
  struct place {};

  class mutex {
   public:
    explicit mutex(place = {}) noexcept {}
    void lock();
    void unlock();

   private:
    friend struct fiber_sync;
    std::uint32_t owner_ = 0;
    naild::task::resource_id resource_ = 0;
    std::vector<std::uint32_t> waiting_;
  };

  class condition {
   public:
    explicit condition(place = {}) noexcept {}
    void wait(std::unique_lock<mutex>& lock);
    void notify_one();
    void notify_all();

   private:
    std::vector<std::uint32_t> waiting_;
  };
};

/// A thread-local place of an int.
struct fiber_slot {
  using value = int;
  static int& here() noexcept { return fiber_world::running().binding(); }
};

}  // namespace nailbiter::explore
