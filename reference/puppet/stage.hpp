#pragma once

// Where a puppet performs: the run that it drives. The nail puts a run of naild behind it, the executable its own
// process.

#include <cstdint>
#include <optional>
#include <span>

#include "reference/base/bytes.hpp"
#include "reference/port/connector.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/puppet/script.hpp"
#include "reference/task/event.hpp"
#include "reference/task/task.hpp"

namespace naild::puppet {

/// Own strand only.
class stage {
 public:
  virtual ~stage() = default;

  /// `fd` 1 or 2. False: nobody wants it any more.
  virtual task::task<bool> write(int fd, base::byte_view text) = 0;

  /// Would write() of so many bytes have to wait now?
  virtual bool would_wait(std::size_t bytes) const = 0;

  /// At least one byte; empty = EOF, cancelled or interrupted.
  virtual task::task<base::bytes> read(std::size_t bytes_max) = 0;
  virtual void close_stdin() = 0;

  /// The harness ends the run: waits of read() and write() end, and no later one begins.
  virtual void interrupt() = 0;

  virtual bool cancelled() const = 0;

  /// The process was killed: it says nothing more, to nobody.
  virtual bool killed() const { return false; }

  /// Lines of the run's log below it are dropped.
  virtual void set_log_level(port::severity) {}

  /// Performs an op that needs a process or a thread of its own: what is to be written to stdout, or nullopt: there is
  /// none here.
  virtual task::task<std::optional<base::bytes>> perform_process_op(const op&) { co_return std::nullopt; }

  /// The next op that a trapped signal has ordered. Whoever has one sets the performer's wake().
  virtual std::optional<base::bytes> take_op() { return std::nullopt; }

  // The run's own values.
  virtual std::span<const base::bytes> arguments() const = 0;
  virtual std::span<const base::bytes> environment() const = 0;  // KEY=VALUE
  virtual base::byte_view working_dir() const = 0;

  /// What stands behind the run's name in its self-identifying bytes: several threads of one run write at once.
  virtual base::byte_view stream_suffix() const { return {}; }

  virtual task::strand& strand() = 0;
  virtual std::uint32_t session() const = 0;
  virtual std::int64_t pid() const = 0;
  virtual port::connector& network() = 0;
};

}  // namespace naild::puppet
