#pragma once

// Child processes of a simulated world: programs on simulated pipes. Exit, end of pipes, output and signals each travel
// in steps of their own, so that the schedule decides which is seen first.

#include <cstdint>

#include "harness/sim/network.hpp"
#include "harness/sim/process_family.hpp"

namespace nailbiter::sim {

class process_spawner final : public port::process_spawner {
 public:
  /// Borrows the world's parts; `makes` says what a request runs.
  process_spawner(scheduler& owner, network& pipes, program_maker makes) : owner_(owner), pipes_(pipes), makes_(std::move(makes)) {}

  /// A directory below /no-such cannot be entered; every other one can. A program "/" is not executable.
  tl::expected<std::unique_ptr<port::process>, port::spawn_error> spawn(const port::process_request& what, std::uint32_t session) override;

  /// Leaders that nobody has reaped: zombies, once they have ended.
  std::size_t unreaped() const noexcept { return unreaped_; }

 private:
  scheduler& owner_;
  network& pipes_;
  program_maker makes_;
  std::size_t unreaped_ = 0;
};

/// true, false and cat; nullptr for every other name. A path counts by its last part.
std::unique_ptr<program> make_small_program(const port::process_request& what);

}  // namespace nailbiter::sim
