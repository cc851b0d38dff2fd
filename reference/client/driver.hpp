#pragma once

// Moves bytes between the client's machine and the ports: the daemon's connection, the three local streams, a timer.
// Knows no protocol.

#include "reference/client/machine.hpp"
#include "reference/port/byte_stream.hpp"
#include "reference/port/clock.hpp"
#include "reference/task/task.hpp"

namespace naild::client {

/// Where the client's interrupts come from (SIGINT, SIGTERM, SIGHUP). Own strand only.
class interrupts {
 public:
  virtual ~interrupts() = default;
  /// The next one; false after cancel().
  virtual task::task<bool> next() = 0;
  virtual void cancel() noexcept = 0;
};

/// Borrowed; they outlive run(). stdin is only read, stdout and stderr are only written.
struct surroundings {
  port::byte_stream& daemon;
  port::byte_stream& standard_in;
  port::byte_stream& standard_out;
  port::byte_stream& standard_err;
  interrupts& interrupted;
  port::clock& time;
  std::uint64_t heartbeat_ms = 1'000;
};

/// Runs the command to its end on the calling task's strand; what reached stdout and stderr has been written. Every
/// wait ends with the connection, an interrupt or the end of a local stream; the outcome's complaint is not printed.
task::task<outcome> run(const invocation& asked, const surroundings& ports);

}  // namespace naild::client
