#pragma once

// What the kernel says of the streams' descriptors: an edge-triggered epoll set of its own inside the loop's. A stream is
// registered once, by its first wait; waiting again and closing cost no call. It also tells that a peer has gone although
// bytes of it are unread (EPOLLRDHUP), which no readiness for reading can. The kernel is given keys and never pointers.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace naild::io {

/// Any thread.
class readiness {
 public:
  /// Whoever a descriptor belongs to.
  class owner {
   public:
    /// Top level of a handler of the loop, any thread; `events` are EPOLL* bits. `lock` holds the registration's mutex: while
    /// it does, withdraw() waits, so the owner lives and the descriptor is its own. Never after withdraw().
    virtual void on_ready(std::uint32_t events, std::unique_lock<std::mutex> lock) noexcept = 0;

   protected:
    ~owner() = default;
  };

  /// The set's memory, used again after withdraw().
  class registration {
   public:
    std::mutex mutex;  // guards what the owner shares with its on_ready()

   private:
    friend class readiness;
    owner* to_ = nullptr;
    std::uint32_t index_ = 0;
    std::uint32_t generation_ = 0;  // tells an event that is late from one of the next owner
  };

  explicit readiness(boost::asio::io_context& context);

  /// How many threads run the loop: so many look for events at once, and none takes more than its share.
  void serve(unsigned threads) noexcept;

  /// From now on `to` hears each edge of `events` (EPOLL* bits), and at once what is ready already; that may be on another
  /// thread before add() returns. nullptr = the kernel refused.
  registration* add(int fd, std::uint32_t events, owner& to);

  /// Asks for `events`, and hears what of them is ready already, after a turn through the kernel. Under `mine.mutex`. False =
  /// the kernel refused.
  bool report_again(registration& mine, int fd, std::uint32_t events) noexcept;

  /// The owner hears no more; a call of on_ready() that is under way gives up its lock first. Before the descriptor is closed,
  /// which takes it out of the set.
  void withdraw(registration& mine) noexcept;

  /// How many waits for a peer's leaving ended because the kernel said so.
  std::uint64_t peers_gone() const noexcept { return peers_gone_.load(std::memory_order_relaxed); }
  void count_peer_gone() noexcept { peers_gone_.fetch_add(1, std::memory_order_relaxed); }

 private:
  registration& take_spare();
  void wait_for_events();
  void look() noexcept;
  void tell(std::uint64_t key, std::uint32_t events) noexcept;

  boost::asio::posix::stream_descriptor set_;
  std::atomic<int> events_per_look_;
  std::mutex mutex_;  // guards the two below; never taken together with a registration's
  std::vector<std::unique_ptr<registration>> all_;
  std::vector<registration*> spare_;
  std::atomic<std::uint64_t> peers_gone_{0};
};

}  // namespace naild::io
