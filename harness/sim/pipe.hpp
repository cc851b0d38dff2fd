#pragma once

// One direction of a simulated connection: bytes taken from the writer travel in steps of the direction's own network
// strand and wait for the reader. A FIN or a reset travels behind them. Bounded: taken and unread bytes never exceed
// the capacity. Owned by the network; both ends borrow it and detach before they die.

#include <cstdint>
#include <span>
#include <string>

#include "harness/sim/scheduler.hpp"
#include "reference/port/byte_stream.hpp"

namespace nailbiter::sim {

/// What byte_stream::peer_closed() can see.
enum class peer_watch : std::uint8_t {
  behind_unread_bytes,  // as on a unix socket
  behind_no_bytes,      // as on TCP: a FIN behind unread bytes is hidden
  out_of_resources,     // as on a unix socket of a process that can register nothing more: every watch is refused
};

struct pipe_options {
  std::size_t capacity_bytes = 64 * 1024;  // taken and unread bytes of one direction
  peer_watch watch = peer_watch::behind_unread_bytes;
};

class pipe final : private task::step {
 public:
  using size_op = port::byte_stream::size_op;
  using closed_op = port::byte_stream::closed_op;

  pipe() noexcept;

  /// A new connection in the memory of an old one. `back` is its other direction; `resource` names this one in
  /// schedules until an end has a label.
  void open(scheduler& owner, pipe& back, std::uint32_t connection, task::resource_id resource, pipe_options options);
  bool can_watch() const noexcept { return options_.watch != peer_watch::behind_no_bytes; }

  // The reader's end.
  task::started read(size_op& op, std::span<char> into);
  task::started watch(closed_op& op);
  void unwatch();
  /// Those under way included.
  std::size_t unread_bytes() const noexcept { return bytes_.size() - head_; }
  bool has_reader() const noexcept { return reader_open_; }
  /// The reader is gone: its waits complete with aborted, what arrives is thrown away.
  void close_reader();
  /// The reader's ops die: complete nothing.
  void detach_reader() noexcept;

  // The writer's end.
  task::started write(size_op& op, std::string_view from);
  enum class ending : std::uint8_t {
    none,
    fin,         // no more bytes; the other direction lives on
    closed,      // no more bytes, and nobody reads the other direction any more
    reset_last,  // as closed, but after the bytes the reader sees a reset
    reset_now,   // as closed, and the bytes under way are lost
  };
  /// The strongest wins; `none` is no argument.
  void finish(ending how);
  std::size_t room() const noexcept { return options_.capacity_bytes - unread_bytes(); }
  /// A pending write completes with aborted.
  void abort_writer();
  void detach_writer() noexcept { writer_ = nullptr; }

 private:
  void post_delivery();
  void deliver();
  void arrive(ending how);
  void try_read();
  void try_watch();
  void try_write();
  template <class Op>
  void label_end(Op& op);
  std::size_t part_of(std::size_t whole, std::uint32_t bound);
  void forget_read_bytes();

  scheduler* owner_ = nullptr;
  pipe* back_ = nullptr;
  task::strand* network_ = nullptr;
  std::uint32_t connection_ = 0;
  task::resource_id resource_ = 0;
  pipe_options options_;

  std::string bytes_;  // [head_, arrived_) can be read, [arrived_, size) is under way
  std::size_t head_ = 0;
  std::size_t arrived_ = 0;
  ending sent_ = ending::none;
  ending received_ = ending::none;
  bool reader_open_ = true;
  bool writer_broken_ = false;  // the writer knows that nobody reads
  bool delivery_posted_ = false;

  size_op* reader_ = nullptr;
  std::span<char> into_;
  size_op* writer_ = nullptr;
  std::string_view from_;
  closed_op* watcher_ = nullptr;
};

}  // namespace nailbiter::sim
