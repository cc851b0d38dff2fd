#pragma once

// The nail `exec PROGRAM ARGS...`: a child process in a group of its own, its streams tied to the run's. On cancel the
// group gets SIGINT, after the grace SIGKILL. Knows nothing of how processes are made: it is given a spawner.

#include <cstdint>
#include <vector>

#include "reference/nail/nail.hpp"
#include "reference/port/process.hpp"

namespace naild::nail {

struct exec_bounds {
  std::uint64_t grace_ms = 3'000;  // SIGINT to SIGKILL
  std::uint64_t orphan_ms = 250;   // how long a silent orphan may keep a pipe open after the leader's end
};

class exec final : public nail {
 public:
  /// Borrows the spawner. `leading`: words that come before the run's arguments, for a command with a program of its own.
  exec(port::process_spawner& spawner, exec_bounds bounds, std::vector<base::bytes> leading = {}) noexcept
      : spawner_(spawner), bounds_(bounds), leading_(std::move(leading)) {}

  /// The child's exit code, -N when signal N ended it, 127 no such command, 126 it cannot be spawned.
  task::task<std::int32_t> run(nail_context& run) override;

 private:
  port::process_spawner& spawner_;
  exec_bounds bounds_;
  std::vector<base::bytes> leading_;
};

}  // namespace naild::nail
