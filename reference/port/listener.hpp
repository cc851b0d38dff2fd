#pragma once

// Where connections come from.

#include <memory>

#include "reference/port/address.hpp"
#include "reference/port/byte_stream.hpp"

namespace naild::port {

using stream_result = base::io_result<std::unique_ptr<byte_stream>>;

/// Own strand only. One accept pending at a time.
class listener {
 public:
  virtual ~listener() = default;

  /// The next connection; no_resources when the process is out of descriptors (the connection stays queued: wait and
  /// try again), aborted after close().
  auto accept() {
    return accept_.wait([this] { return start_accept(); });
  }

  /// A connection that is already queued, or nullptr: for a drain that answers its backlog. Never waits.
  virtual std::unique_ptr<byte_stream> try_accept() noexcept = 0;

  /// Stops listening; a pending accept completes with aborted; a unix socket's file is removed if it is still ours.
  virtual void close() noexcept = 0;

  /// Where it listens in fact: a tcp port 0 is resolved.
  virtual address where() const = 0;

 protected:
  listener() = default;
  virtual task::started start_accept() = 0;

  task::op<stream_result> accept_{{.kind = task::step_kind::accept}};
};

}  // namespace naild::port
