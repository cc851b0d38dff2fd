#pragma once

// All timers of a loop behind one timer of the kernel, which is set only when a deadline comes that is earlier than the
// one it is set for. A short run that starts and cancels a heartbeat timer costs no system call: the kernel's timer
// may fire for nothing, once in a while.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "reference/port/clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace naild::io {

/// Now, on the monotonic clock; any thread.
port::time_ns monotonic_now() noexcept;

/// Any thread.
class timer_queue {
 public:
  using wait_op = task::op<base::io_result<void>>;
  using key = std::pair<port::time_ns, std::uint64_t>;  // the deadline, then the order of arming

  explicit timer_queue(boost::asio::io_context& context) : kernel_timer_(context) {}

  /// `waiting` completes with a value at the deadline or later, unless disarm() comes first.
  key arm(port::time_ns deadline, wait_op& waiting);

  /// True: the wait was still armed and will not be completed from here. False: it has been.
  bool disarm(const key& armed);

 private:
  void set_kernel_timer(port::time_ns deadline);
  void fire();

  std::mutex mutex_;
  std::map<key, wait_op*> armed_;
  std::uint64_t last_sequence_ = 0;
  boost::asio::steady_timer kernel_timer_;
  std::optional<port::time_ns> set_for_;
};

}  // namespace naild::io
