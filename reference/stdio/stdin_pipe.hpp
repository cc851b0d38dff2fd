#pragma once

// A run's stdin between its connection and its nail: whole Stdin chunks, bounded, with EOF. Knows nothing of grants and
// sockets: it tells its listener what the nail did.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reference/base/bytes.hpp"
#include "reference/stdio/chunk_spill.hpp"
#include "reference/task/event.hpp"
#include "reference/task/task.hpp"

namespace naild::stdio {

/// What the nail did with its stdin; called on the session's strand, from inside the nail's own step.
class stdin_listener {
 public:
  virtual void stdin_wanted() = 0;          // the first read
  virtual void stdin_chunk_consumed() = 0;  // one chunk has been taken whole
  virtual void stdin_has_room() = 0;        // it was full and is not any more
  virtual void stdin_stopped() = 0;         // the nail will never read again
  virtual void stdin_lost() = 0;            // the disk has lost spilled chunks: the nail reads EOF, and is to be cancelled

 protected:
  ~stdin_listener() = default;
};

/// Beyond `memory` bytes chunks wait in a file of `files`, up to `total` bytes in all; without files memory holds all.
struct stdin_bounds {
  std::size_t memory = 0;
  std::size_t total = 0;
  port::spill_files* files = nullptr;
};

/// Own strand only; one reader at a time.
class stdin_pipe {
 public:
  /// full() from `bounds.total` on: whoever feeds should pause then; push() itself never refuses (it may go over by the
  /// one chunk that was on its way).
  stdin_pipe(task::strand& where, std::uint32_t session, stdin_bounds bounds, stdin_listener& listener) noexcept;

  // The connection's side.
  void push(base::byte_view chunk);
  void end();                 // EOF behind what was pushed
  void discard();             // the run was cancelled: forgets everything, the nail reads EOF, later chunks are dropped
  bool full() const noexcept { return held_bytes_ >= bounds_.total || !behind_spill_.empty(); }
  std::size_t held_bytes() const noexcept { return held_bytes_; }
  std::size_t memory_bytes() const noexcept { return memory_bytes_; }

  /// At least one byte and at most `bytes_max`; empty = EOF, or nothing will come because the run was cancelled.
  task::task<base::bytes> read(std::size_t bytes_max);

  /// The nail's side: it will not read again.
  void stop();

 private:
  base::bytes take(std::size_t bytes_max);
  void forget_front();
  bool refill();
  base::bytes lose();

  stdin_bounds bounds_;
  stdin_listener& listener_;
  task::event readable_;
  std::vector<base::bytes> chunks_;  // chunks_[first_] is the next one; its first taken_bytes_ are gone
  std::size_t first_ = 0;
  std::size_t taken_bytes_ = 0;
  std::size_t held_bytes_ = 0;
  std::size_t memory_bytes_ = 0;         // of held_bytes_, what is not in the file
  chunk_spill spill_;                    // younger than chunks_
  std::vector<base::bytes> behind_spill_;  // what the file did not take: then the pipe is full
  bool wanted_ = false;
  bool ended_ = false;
  bool dropping_ = false;
};

}  // namespace naild::stdio
