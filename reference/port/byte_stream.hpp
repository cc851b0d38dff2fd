#pragma once

// A connected pair of byte pipes, as the core sees it: a unix or TCP socket, or the simulator's in-memory duplex.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "reference/base/bytes.hpp"
#include "reference/base/io_error.hpp"
#include "reference/task/op.hpp"

namespace naild::port {

/// Who is at the other end, told by the kernel; unix sockets only.
struct peer_credentials {
  std::int32_t pid = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
};

/// Own strand only: every call and every wait from the one strand that uses the stream (the first wait binds it).
/// At most one read, one write and one peer_closed pending at a time. Buffers stay valid until the wait has ended.
class byte_stream {
 public:
  using size_op = task::op<base::io_result<std::size_t>>;
  using closed_op = task::op<base::io_result<void>>;

  virtual ~byte_stream() = default;

  /// At least one byte, or end_of_stream, reset, aborted. `into` must not be empty.
  auto read_some(std::span<char> into) {
    return read_.wait([this, into] { return start_read(into); });
  }

  /// At least one byte taken, or reset, aborted. `from` must not be empty. Never raises SIGPIPE.
  auto write_some(base::byte_view from) {
    return write_.wait([this, from] { return start_write(from); });
  }

  /// Completes with a value when the peer has closed its write side or is gone, even behind bytes that nobody has
  /// read; where not can_watch_peer(), that may hide all but a reset. With aborted after cancel_peer_closed() or close();
  /// with no_resources where nothing can be watched now. It reads nothing.
  auto peer_closed() {
    return closed_.wait([this] { return start_peer_closed(); });
  }
  virtual void cancel_peer_closed() noexcept = 0;

  /// False on TCP, where a FIN behind unread bytes cannot be seen by anybody.
  virtual bool can_watch_peer() const noexcept = 0;

  /// Ends this side's writing: the peer reads end_of_stream after the bytes already taken. Idempotent.
  virtual void shutdown_write() noexcept = 0;

  /// Ends both directions; pending waits complete with aborted. Bytes already taken are still delivered, unless the
  /// peer's bytes were left unread (the kernel then resets). Idempotent.
  virtual void close() noexcept = 0;

  /// As close(), but the peer sees a reset as soon as possible and taken bytes may be lost (on unix sockets a reset
  /// exists only as a close with unread input: then it equals close()).
  virtual void reset() noexcept = 0;

  virtual std::optional<peer_credentials> peer() const noexcept = 0;

  /// Whether the peer has not taken yet what was written: unix, not read; TCP, not acknowledged by its kernel. nullopt
  /// where nobody can tell.
  virtual std::optional<bool> has_untaken() const noexcept { return std::nullopt; }

  /// Names the stream's steps in schedules after a session; before the first wait.
  void set_labels(task::step_label read, task::step_label write, task::step_label closed) noexcept {
    read_.relabel(read);
    write_.relabel(write);
    closed_.relabel(closed);
  }

 protected:
  byte_stream() = default;

  virtual task::started start_read(std::span<char> into) = 0;
  virtual task::started start_write(base::byte_view from) = 0;
  virtual task::started start_peer_closed() = 0;

  size_op read_{{.kind = task::step_kind::read}};
  size_op write_{{.kind = task::step_kind::write}};
  closed_op closed_{{.kind = task::step_kind::wake}};
};

}  // namespace naild::port
