#pragma once

// What was written to the process's own stdout and stderr, past every stream of a run: each line to the log, all of it
// counted. Whose it was cannot be told: a descriptor knows no run.

#include <cstdint>
#include <memory>

#include "reference/io/file_descriptor.hpp"
#include "reference/port/byte_stream.hpp"
#include "reference/port/log_sink.hpp"
#include "reference/task/task.hpp"

namespace naild::io {

class loop;

/// One strand.
class stray_output {
 public:
  static constexpr std::size_t line_bytes_max = 1024;       // longer ones are cut into several
  static constexpr std::uint64_t logged_bytes_max = 1 << 20;  // in all; the rest is only counted

  /// Borrows the loop and the log. `stray` is the read end of a pipe, borrowed until finish(); -1 = there is none.
  stray_output(loop& owner, int stray, port::log_sink& log);
  ~stray_output();

  /// Until the end of the world.
  task::task<> read_on();

  /// What is left, and the count. When nobody is in read_on() any more.
  void finish();

 private:
  void take(base::byte_view text);
  void log_line(base::byte_view text);

  int stray_;
  port::log_sink& log_;
  std::unique_ptr<port::byte_stream> source_;
  base::bytes rest_;  // the beginning of a line
  std::uint64_t bytes_ = 0;
  std::uint64_t logged_bytes_ = 0;
};

}  // namespace naild::io
