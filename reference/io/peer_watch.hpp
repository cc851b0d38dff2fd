#pragma once

// Sees that a peer has gone although bytes of it are unread, which no readiness for reading can tell: a second epoll
// set that asks for EPOLLRDHUP only, once per wait. The kernel is given keys and never pointers, and arming, firing and
// cancelling meet under one mutex, so each wait completes exactly once.

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>

#include "reference/port/byte_stream.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace naild::io {

/// Any thread. A descriptor is closed only after cancel() or forget() of its key.
class peer_watch {
 public:
  using closed_op = port::byte_stream::closed_op;

  explicit peer_watch(boost::asio::io_context& context);

  /// Watches until the peer goes or the key is cancelled; then `waiting` completes. 0 = the kernel refused: it will not.
  std::uint64_t arm(int fd, closed_op& waiting);

  /// Completes the wait with aborted, unless it has completed. Unknown keys and 0 do nothing.
  void cancel(std::uint64_t key);

  /// As cancel(), without completing: nobody waits any more.
  void forget(std::uint64_t key);

  /// How many waits ended because the kernel said so.
  std::uint64_t events() const noexcept { return events_.load(std::memory_order_relaxed); }

 private:
  struct armed {
    closed_op* waiting;
    int fd;
  };

  closed_op* take(std::uint64_t key);
  void wait_for_events();
  void fire_all();

  boost::asio::posix::stream_descriptor set_;
  std::mutex mutex_;
  std::map<std::uint64_t, armed> armed_;
  std::uint64_t last_key_ = 0;
  std::atomic<std::uint64_t> events_{0};
};

}  // namespace naild::io
