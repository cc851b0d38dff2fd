#pragma once

// Settle mode on real sockets: has the daemon read what was written? Knows one daemon's processes and no plan.

#include <cstdint>
#include <optional>

#include "harness/actor/setting.hpp"
#include "harness/target/stall.hpp"

namespace nailbiter::target {

/// On a unix socket bytes are settled when they have been read. On TCP the kernel tells only what it took itself; so the
/// daemon must besides have come to rest: no thread wants the processor at two looks. A daemon that rests and has left
/// bytes unread is not going to read them. Without a process to look at, what the kernel says is all.
class daemon_settling final : public actor::settling {
 public:
  /// `pid` of the daemon; 0 = it was not started here.
  explicit daemon_settling(std::int32_t pid) noexcept : pid_(pid) {}

  void begin() override { resting_looks_ = 0; }
  bool settled(const naild::port::byte_stream& stream) override;

 private:
  bool rests();

  std::int32_t pid_;
  std::uint64_t cpu_ms_ = 0;
  std::uint32_t resting_looks_ = 0;
};

}  // namespace nailbiter::target
