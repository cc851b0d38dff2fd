#pragma once

// How a client reaches a listener.

#include "reference/port/address.hpp"
#include "reference/port/listener.hpp"

namespace naild::port {

/// One attempt. Own strand only; destroy it only after the wait has ended.
class connection_attempt {
 public:
  virtual ~connection_attempt() = default;

  /// The stream, or refused, bad_address, no_resources, aborted (after cancel()).
  auto connect() {
    return connect_.wait([this] { return start_connect(); });
  }
  virtual void cancel() noexcept = 0;

 protected:
  connection_attempt() = default;
  virtual task::started start_connect() = 0;

  task::op<stream_result> connect_{{.kind = task::step_kind::connect}};
};

/// Makes attempts; any thread.
class connector {
 public:
  virtual ~connector() = default;
  virtual std::unique_ptr<connection_attempt> prepare(const address& where) = 0;
};

}  // namespace naild::port
