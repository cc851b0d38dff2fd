#pragma once

// std::cout, std::cerr, std::clog and std::cin of the process, routed by the binding of the thread that uses them.
// What an unbound thread writes goes to an injected sink. Bytes are routed, not states: the flags, widths and error
// bits of the four objects belong to the whole process, so code that sets any makes a stream of its own on the routed
// buffer: `std::ostream out(std::cout.rdbuf());`.

#include <memory>

#include "reference/port/log_sink.hpp"

namespace naild::stdio {

/// While it lives the four are routed; then they are as they were. One at a time, made before threads use them.
class routed_streams {
 public:
  /// Borrows the sink.
  explicit routed_streams(port::log_sink& unbound);
  ~routed_streams();
  routed_streams(const routed_streams&) = delete;
  routed_streams& operator=(const routed_streams&) = delete;

 private:
  struct buffers;
  std::unique_ptr<buffers> mine_;
};

}  // namespace naild::stdio
