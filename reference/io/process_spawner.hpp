#pragma once

// Real child processes: posix_spawn into a process group of its own, with default signal dispositions, an empty signal
// mask, three pipes and nothing else of the daemon's. A pidfd tells the end; no SIGCHLD, no thread, no fork.

#include "reference/port/process.hpp"

namespace naild::io {

class loop;

class process_spawner final : public port::process_spawner {
 public:
  /// Borrows the loop.
  explicit process_spawner(loop& owner) noexcept : loop_(owner) {}

  tl::expected<std::unique_ptr<port::process>, port::spawn_error> spawn(const port::process_request& what,
                                                                        std::uint32_t session) override;

 private:
  loop& loop_;
};

}  // namespace naild::io
