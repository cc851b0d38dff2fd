#pragma once

// Why an effect did not happen. Ports complete with one of these values and never throw.

#include <cstdint>

#include <tl/expected.hpp>

namespace naild::base {

enum class io_error : std::uint8_t {
  end_of_stream,  // the peer closed its write side: all bytes before it have been read
  reset,          // the peer is gone: reset, broken pipe, closed with unread input
  aborted,        // this side closed or cancelled the operation
  refused,        // nobody listens at the address
  no_resources,   // out of descriptors or memory: later may work
  bad_address,    // the address cannot be used: too long, not parsable, no permission, already in use
  failed,         // any other failure of the operating system
};

/// A text a user can act on; never empty.
constexpr const char* describe(io_error error) noexcept {
  switch (error) {
    case io_error::end_of_stream: return "end of stream";
    case io_error::reset: return "connection reset by peer";
    case io_error::aborted: return "operation aborted";
    case io_error::refused: return "connection refused";
    case io_error::no_resources: return "out of descriptors or memory";
    case io_error::bad_address: return "address cannot be used";
    case io_error::failed: return "operation failed";
  }
  return "unknown error";
}

template <class T>
using io_result = tl::expected<T, io_error>;

}  // namespace naild::base
