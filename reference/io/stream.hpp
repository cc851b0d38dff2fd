#pragma once

// A connected socket, unix or TCP. It tries in place first; a read that has to wait registers with the event loop only
// when the strand has nothing else to do, and every other that is ready has had its turn: a short run then costs its
// accept, one read and one write until its answer has left, and mostly one read and the close after it.

#include <mutex>
#include <optional>

#include "reference/io/deferral.hpp"
#include "reference/io/file_descriptor.hpp"
#include "reference/io/readiness.hpp"
#include "reference/port/byte_stream.hpp"
#include "reference/task/frame_pool.hpp"

namespace naild::io {

class loop;

class stream final : public port::byte_stream, private readiness::owner {
 public:
  /// `connected` is non-blocking; `family` is AF_UNIX, AF_INET or AF_INET6. Borrows the loop.
  stream(loop& home, file_descriptor connected, int family) noexcept;
  ~stream() override;

  // One is made and freed with every session.
  static void* operator new(std::size_t size) { return task::allocate_frame(size); }
  static void operator delete(void* memory, std::size_t size) noexcept { task::free_frame(memory, size); }

  void cancel_peer_closed() noexcept override;
  bool can_watch_peer() const noexcept override { return !is_tcp(); }
  void shutdown_write() noexcept override;
  void close() noexcept override;
  void reset() noexcept override;
  std::optional<port::peer_credentials> peer() const noexcept override;
  std::optional<bool> has_untaken() const noexcept override;

 private:
  task::started start_read(std::span<char> into) override;
  task::started start_write(base::byte_view from) override;
  task::started start_peer_closed() override;
  void on_ready(std::uint32_t events, std::unique_lock<std::mutex> lock) noexcept override;

  using size_result = base::io_result<std::size_t>;

  bool is_tcp() const noexcept;
  bool worth_a_try() noexcept;
  void note_drained(const size_result& got) noexcept;
  std::optional<size_result> try_read() noexcept;
  std::optional<size_result> try_write() noexcept;
  void begin_read() noexcept;
  std::optional<size_result> wait_for_bytes() noexcept;
  std::optional<size_result> wait_for_room() noexcept;
  bool ask_kernel() noexcept;
  void end_writing() noexcept;
  void end() noexcept;

  loop& loop_;
  int family_;
  file_descriptor fd_;
  readiness::registration* registration_ = nullptr;  // since the first wait; its mutex guards down to writing_
  bool readable_ = false;        // an edge that no read has followed
  bool gone_ = false;            // the peer: it has ended its writing, or left
  bool awaits_bytes_ = false;    // a read waits
  bool awaits_room_ = false;     // a write waits
  bool awaits_leaving_ = false;  // peer_closed() waits
  std::span<char> reading_;      // of the read that waits
  base::byte_view writing_;      // of the write that waits
  deferral late_read_;
  deferral late_end_;     // of the writing
  bool drained_ = false;  // the last read left room: before the first wait a try would mostly be in vain
  unsigned reads_in_place_ = 0;
  unsigned writes_in_place_ = 0;
  bool ended_ = false;  // by close() or reset()
};

}  // namespace naild::io
