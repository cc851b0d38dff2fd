#pragma once

// What a session still has to send, as encoded chunks in one contiguous buffer: the nail and the session append, one
// writer takes everything at once. So no chunk is torn, nothing overtakes `X`, and a run's last output and its `X` go
// out in one write. Knows no socket and no log.

#include <cstddef>
#include <cstdint>

#include "reference/base/bytes.hpp"
#include "reference/task/event.hpp"
#include "reference/task/task.hpp"
#include "reference/wire/chunk.hpp"

namespace naild::stdio {

enum class stream : std::uint8_t { standard_output, standard_error };

/// Does anybody still want the bytes?
enum class delivery : bool { refused, taken };

/// Told when bytes appear in an empty queue: starts the writer. Must not append.
class output_listener {
 public:
  virtual void output_appeared() = 0;

 protected:
  ~output_listener() = default;
};

/// Own strand only. At most one write() pending a stream.
class output_queue {
 public:
  static constexpr std::size_t chunk_bytes_max = 64u << 10;  // payload of one chunk of a nail's output

  /// `bytes_max` bounds what a nail has written and the peer's socket has not taken; not 0.
  output_queue(task::strand& where, std::uint32_t session, std::size_t bytes_max, output_listener& listener) noexcept;

  /// The nail's side: waits while the queue is full. refused: the peer is gone, or the run was cancelled while the
  /// peer took nothing; a stream that was cut once stays cut, so what was delivered is a prefix of what was written.
  task::task<delivery> write(stream which, base::byte_view text);

  /// The session's own words (`S`, a reason, `X`): never waits, is not bounded (each is short), never refused unless
  /// the peer is gone. A code in `X` is decimal, without a newline.
  void append(wire::server_chunk_type type, base::byte_view payload);

  /// From now on: a wait for room ends, and no later one begins.
  void stop_waiting() noexcept;

  /// The run was cancelled: stop_waiting(), unless the nail wants to wait longer and stops by itself.
  void cancelled() noexcept {
    if (!outlasts_cancel_) stop_waiting();
  }
  void wait_beyond_cancel() noexcept { outlasts_cancel_ = true; }

  /// The peer is gone: forgets what is queued and refuses what comes.
  void discard() noexcept;

  /// Would a write of so many bytes have to wait? It takes what there is room for before it does.
  bool would_wait(std::size_t bytes) const noexcept { return queued_.size() + in_flight_bytes_ + bytes > bytes_max_; }

  // The writer's side.
  bool empty() const noexcept { return queued_.empty(); }

  /// Swaps everything queued into `into`, which must be empty; its bytes count until sent() has named them all.
  void take(base::bytes& into) noexcept;
  /// A large buffer in which nothing waits by then is given back.
  void sent(std::size_t bytes) noexcept;

 private:
  struct writer {
    writer(task::strand& where, task::step_label label) noexcept : room(where, label) {}
    task::event room;
    bool waiting = false;
    bool cut = false;
  };

  writer& writer_of(stream which) noexcept { return writers_[static_cast<std::size_t>(which)]; }
  void wake_writers() noexcept;
  bool full() const noexcept { return queued_.size() + in_flight_bytes_ >= bytes_max_; }
  base::byte_view append_while_room(stream which, base::byte_view text);
  void make_room(std::size_t bytes);
  void append_chunk(wire::server_chunk_type type, base::byte_view payload);

  std::size_t bytes_max_;
  output_listener& listener_;
  writer writers_[2];  // one a stream: a child's two pipes may both wait for room
  base::bytes queued_;
  std::size_t in_flight_bytes_ = 0;
  bool patient_ = true;   // false after stop_waiting()
  bool gone_ = false;
  bool outlasts_cancel_ = false;
};

}  // namespace naild::stdio
