#pragma once

// A process that holds a client's connection, for the ops that act on processes: what the client says and hears passes
// through it, and its death or its stop is what the daemon sees. The client's own steps stay here, in the one history.

#include <string>

#include <tl/expected.hpp>

#include "reference/port/address.hpp"
#include "reference/port/byte_stream.hpp"

namespace nailbiter::actor {

/// Own strand only.
class client_process {
 public:
  virtual ~client_process() = default;

  /// Its connection. The first byte read is connected_byte and not the daemon's: an end before it means no connection.
  /// close() leaves delivering what was taken to the process.
  virtual naild::port::byte_stream& stream() noexcept = 0;

  virtual void kill() noexcept = 0;
  virtual void stop() noexcept = 0;
  virtual void resume() noexcept = 0;

  static constexpr char connected_byte = 'c';
};

/// Makes them, owns them, and ends them with itself.
class client_processes {
 public:
  virtual ~client_processes() = default;

  /// The error is a text.
  virtual tl::expected<client_process*, std::string> start(const naild::port::address& daemon) = 0;
};

}  // namespace nailbiter::actor
