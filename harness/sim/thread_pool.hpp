#pragma once

// The threads of a simulated world: each is a fiber whose turns are steps of a strand of its own, so the schedule
// decides who goes on at every lock, wait and wake-up of code that threads share (reference/task/sync.hpp). Which thread
// gets which work is decided by the code of the real pool. Knows nothing of runs and streams.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "harness/explore/fiber.hpp"
#include "harness/sim/scheduler.hpp"
#include "reference/port/thread_pool.hpp"
#include "reference/task/job_pool.hpp"

namespace nailbiter::sim {

/// Exchanges `own` with what the code under test keeps in thread-local places: fibers share those of their one OS
/// thread. Called at the beginning and at the end of each turn; null: it keeps nothing there.
using swap_locals = void (*)(std::shared_ptr<void>& own);

/// Serves one execution after another; borrows the scheduler.
class thread_pool final : public port::thread_pool, private task::thread_control {
 public:
  explicit thread_pool(scheduler& owner, swap_locals swaps = nullptr);
  ~thread_pool() override;

  /// An execution begins; the last one has ended.
  void begin(task::job_pool_bounds most);

  bool start(port::work_owner owner, std::function<void()> work, port::when_busy policy) override;
  port::given_up give_up(port::work_owner owner) override;
  task::thread_control* control() noexcept override { return this; }

  /// Threads that have work, lost ones included.
  std::size_t working() const noexcept { return working_; }

  /// When the world has ended, or the process whose threads they are, and what they borrow has not: lets them go on
  /// without a schedule for as long as one can, then takes each out of the wait that it stands in, by an exception; one
  /// that waits for its run's streams even then, which only a faulty core leaves it to, is abandoned as it stands. No
  /// strand waits in their work. Idempotent; until begin() all work is refused. So no destructor of what they run may
  /// wait, and no loop may poll for what only a strand sets.
  void end() noexcept;

 private:
  struct thread;
  enum class stage : std::uint8_t { under_way, last_turns, unwinding };

  void make_thread(std::uint32_t session, std::uint64_t ticket);
  void take_turn(thread& mine);
  void queue(thread& mine, task::step_kind kind, task::resource_id what);
  void wake(const void* on, std::size_t most) noexcept;

  void point(task::resource_id what) override;
  void wait(const void* on, task::resource_id what) override;
  void wake_one(const void* on) noexcept override { wake(on, 1); }
  void wake_all(const void* on) noexcept override { wake(on, threads_.size()); }

  scheduler& owner_;
  swap_locals swap_;
  std::optional<task::basic_job_pool<task::thread_sync>> core_;
  std::vector<std::unique_ptr<thread>> threads_;  // in the order of their making; memory is kept between executions
  std::size_t made_ = 0;                          // of this execution
  std::size_t working_ = 0;
  std::vector<thread*> waiting_;                  // who has waited longest first
  thread* current_ = nullptr;
  stage stage_ = stage::under_way;
};

}  // namespace nailbiter::sim
