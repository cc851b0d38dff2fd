#pragma once

// The heart of the simulated world: strands as actors (FIFO inside; the strategy picks which strand steps next),
// virtual time, and the trace of what ran. One thread. Knows nothing of streams. Memory is kept between executions.

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "harness/explore/strategy.hpp"
#include "harness/explore/trace.hpp"
#include "harness/sim/timer_queue.hpp"
#include "reference/task/strand.hpp"

namespace nailbiter::sim {

namespace task = naild::task;
namespace port = naild::port;

class scheduler;

class strand final : public task::strand {
 public:
  strand(scheduler& owner, explore::strand_id id) noexcept : owner_(owner), id_(id) {}
  void post(task::step& next) noexcept override;
  bool running_here() const noexcept override;

 private:
  friend class scheduler;

  scheduler& owner_;
  task::step* head_ = nullptr;
  task::step* tail_ = nullptr;
  explore::strand_id id_;
};

enum class stop_reason : std::uint8_t {
  quiescent,   // nothing is runnable and no timer is armed
  time_limit,  // nothing is runnable before the time limit
  at_rest,     // only time could go on, and whoever was asked wanted no more of it
  step_limit,
};

struct run_result {
  std::uint64_t steps = 0;  // of this run
  stop_reason why = stop_reason::quiescent;
};

class scheduler final : public task::strand_pool {
 public:
  /// A timer that is due within `slack` is an ordinary choice of the schedule; beyond it time moves at quiescence.
  explicit scheduler(port::time_ns slack);
  ~scheduler() override;

  static constexpr std::uint64_t always_hostile = std::numeric_limits<std::uint64_t>::max();

  /// The order is as hostile as `decides` likes for so many decisions between steps, then fair: the oldest step first,
  /// data the ordinary way. What only starvation held up comes to its end then, and what still hangs does so by itself.
  void begin(explore::strategy& decides, std::uint64_t seed, std::uint64_t hostile_decisions = always_hostile);
  run_result run(std::uint64_t steps_max, port::time_ns time_max);
  void end() noexcept;

  /// Asked whenever nothing is runnable and time would move: true ends the run there. Until end().
  void when_at_rest(std::function<bool()> ask) { at_rest_ = std::move(ask); }

  task::strand& make_strand(std::uint32_t session, std::string_view name) override;
  /// A strand's memory and number are used again only by the next execution.
  void retire_strand(task::strand&) noexcept override {}

  /// A recorded decision about data, below `bound` (at most 255).
  std::uint32_t choose(std::uint32_t bound);

  /// The running step uses a resource that its label does not name.
  void touch(task::resource_id resource) noexcept {
    if (touched_count_ < touched_.size()) touched_[touched_count_++] = resource;
  }

  /// Time goes on by so much at once, in a step: what is due then may fire, in any order with what is runnable.
  void jump(port::time_ns by) noexcept {
    now_ += by;
    touch(task::clock_resource);
  }

  port::time_ns now() const noexcept { return now_; }
  timer_queue& timers() noexcept { return timers_; }
  const explore::trace& trace() const noexcept { return trace_; }
  bool ending() const noexcept { return ending_; }

 private:
  friend class strand;

  void push(strand& where, task::step& next) noexcept;
  void enable(strand& where);
  void offer_clock();
  void withdraw_clock() noexcept;
  void run_step();
  std::size_t next_index();
  explore::runnable take_ready(std::size_t index) noexcept;
  std::span<explore::runnable> ready() noexcept { return std::span(ready_).first(ready_count_); }
  static void drop_queued(strand& where) noexcept;

  port::time_ns slack_;
  explore::strategy* strategy_ = nullptr;
  std::vector<std::unique_ptr<strand>> strands_;  // by id - 1
  std::size_t strand_count_ = 0;
  std::vector<explore::runnable> ready_;  // the first `ready_count_`, oldest first; has room for all strands and the clock
  std::size_t ready_count_ = 0;
  std::uint64_t hostile_left_ = 0;
  strand* current_ = nullptr;
  timer_queue timers_;
  port::time_ns now_ = 0;
  std::function<bool()> at_rest_;
  bool clock_offered_ = false;
  bool ending_ = true;
  std::array<task::resource_id, 8> touched_{};
  std::size_t touched_count_ = 0;
  explore::trace trace_;
};

inline void strand::post(task::step& next) noexcept { owner_.push(*this, next); }
// While the world ends, destructors of every strand's frames run: they own everything.
inline bool strand::running_here() const noexcept { return owner_.current_ == this || owner_.ending_; }

}  // namespace nailbiter::sim
