#pragma once

// The deterministic world: the ports of reference/port on one thread, where a strategy decides every step. The same
// strategy, seed and code give the same trace, byte for byte, on every machine and in every build.

#include "harness/sim/network.hpp"
#include "harness/sim/process_spawner.hpp"
#include "harness/sim/scheduler.hpp"
#include "harness/sim/thread_pool.hpp"
#include "harness/sim/virtual_clock.hpp"
#include "reference/port/world.hpp"

namespace nailbiter::sim {

struct world_options {
  port::time_ns slack_ns = port::milliseconds(5);  // a timer due within it is an ordinary choice of the schedule
  network_options network{};
};

/// One execution after another: begin(), make listeners and tasks on the ports, run(), look, end(). Memory is kept
/// between executions.
class world {
 public:
  static constexpr std::uint64_t default_steps_max = 1'000'000;

  explicit world(world_options options = {});
  ~world();
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  /// Ends what runs and starts again at time 0. Strands, streams, timers and listeners of the last execution must be
  /// gone or never used again. `decides` is borrowed until end(), and asked `hostile_decisions` times (scheduler.hpp).
  void begin(explore::strategy& decides, std::uint64_t seed, std::uint64_t hostile_decisions = scheduler::always_hostile);

  /// Until nothing is left to do, `steps_max` steps have run, or only timers after `time_max` are left (time is then
  /// time_max). May be called again.
  run_result run(std::uint64_t steps_max = default_steps_max, port::time_ns time_max = timer_queue::never);

  /// Asked whenever only time could go on: true ends the run there. After begin(), for this execution.
  void when_at_rest(std::function<bool()> ask) { scheduler_.when_at_rest(std::move(ask)); }

  /// Drops queued steps and destroys suspended frames; objects they own go with them. Idempotent.
  void end() noexcept;

  port::world& ports() noexcept { return ports_; }

  /// bad_address when somebody listens there already. Own it on a strand that is destroyed before the world.
  naild::base::io_result<std::unique_ptr<port::listener>> listen(std::string name, std::size_t open_max = unlimited) {
    return network_.listen(std::move(name), open_max);
  }

  /// A connection without a listener: {client's end, server's end}.
  stream_pair connected_pair() { return network_.connected_pair(); }

  /// Child processes of this world; it may serve one execution after another, and borrows the world.
  process_spawner make_spawner(program_maker makes) { return {scheduler_, network_, std::move(makes)}; }

  /// Threads of this world; they may serve one execution after another, and borrow the world.
  thread_pool make_threads(swap_locals swaps = nullptr) { return thread_pool(scheduler_, swaps); }

  /// The next `count` accepts complete with no_resources; their connections stay queued.
  void fail_next_accepts(std::uint32_t count) noexcept { network_.fail_next_accepts(count); }

  /// What peer_closed() sees of connections made from now on; the world's options say it at first.
  void watch_peers(peer_watch how) noexcept { network_.watch_peers(how); }

  /// A recorded decision about data, below `bound` (at most 255): for actors that need one.
  std::uint32_t choose(std::uint32_t bound) { return scheduler_.choose(bound); }

  /// Time goes on by so much at once; in a step.
  void jump(port::time_ns by) noexcept { scheduler_.jump(by); }

  /// What of this execution is there now.
  std::size_t open_ends() const noexcept { return network_.open_ends(); }
  std::size_t armed_timers() noexcept { return scheduler_.timers().armed(); }

  port::time_ns now() const noexcept { return scheduler_.now(); }
  const explore::trace& trace() const noexcept { return scheduler_.trace(); }
  std::uint64_t hash() const { return explore::hash_of(scheduler_.trace()); }

 private:
  scheduler scheduler_;
  virtual_clock clock_;
  network network_;
  port::world ports_;
};

/// The address of a listener named `name`.
inline port::address simulated_address(std::string name) {
  return {.kind = port::transport::simulated, .name = std::move(name), .port = 0};
}

}  // namespace nailbiter::sim
