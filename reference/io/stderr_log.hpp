#pragma once

// The daemon's own words as lines of a file: "warning: session 7: text". One write a line, so that lines of several
// threads and processes do not mix.

#include "reference/port/log_sink.hpp"

namespace naild::io {

class stderr_log final : public port::log_sink {
 public:
  /// Borrows `fd`. Lines below `least` are dropped.
  explicit stderr_log(int fd = 2, port::severity least = port::severity::info) noexcept : fd_(fd), least_(least) {}

  void write(port::severity level, std::uint32_t session, std::string_view text) noexcept override;

 private:
  int fd_;
  port::severity least_;
};

}  // namespace naild::io
