#pragma once

// The event loop of the real world: threads that wait in the kernel for sockets, timers and signals, and run the
// strands that become ready. Names no Asio, so that whoever wires a program need not compile it.

#include <atomic>
#include <cstdint>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace naild::io {

class readiness;
class strand;
class timer_queue;

/// Outlives all that is made with it: pools, clocks, listeners, streams.
class loop {
 public:
  loop();
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;
  ~loop();

  /// Runs on the calling thread and `threads - 1` others (at least one in all) until stop(); joins them. May be called
  /// again: what was ready then still is.
  void run(unsigned threads);

  /// Any thread; also before run(), which then returns at once.
  void stop() noexcept;

  /// Gets a ready strand onto a thread of the loop; any thread.
  void inject(strand& ready) noexcept;

  /// How many peers were seen to go by the watch behind byte_stream::peer_closed(); any thread.
  std::uint64_t peer_closed_events() const noexcept;

  // For the adapters of this folder.
  boost::asio::io_context& context() noexcept { return *context_; }
  readiness& ready() noexcept { return *ready_; }
  timer_queue& timers() noexcept { return *timers_; }

 private:
  void run_thread() noexcept;
  void empty_inbox() noexcept;

  std::unique_ptr<boost::asio::io_context> context_;
  std::unique_ptr<readiness> ready_;
  std::unique_ptr<timer_queue> timers_;
  std::atomic<strand*> inbox_{nullptr};
};

}  // namespace naild::io
