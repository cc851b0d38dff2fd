#pragma once

// One end of a pipe, a terminal or a file as a byte_stream: a process's own stdin, stdout or stderr. Only one direction
// works; the descriptor's flags are never changed, since other processes share them.

#include <memory>

#include "reference/port/byte_stream.hpp"

namespace naild::io {

class file_descriptor;
class loop;

/// As make_fd_stream(), but owns the descriptor: closing the stream closes it.
std::unique_ptr<port::byte_stream> make_pipe_stream(loop& owner, file_descriptor owned);

/// Borrows `fd` and the loop: closing the stream ends its waits and leaves the descriptor open. A descriptor that
/// cannot be polled (a regular file) counts as always ready. A write takes at most 4,096 bytes, which a pipe that is
/// ready takes without blocking.
std::unique_ptr<port::byte_stream> make_fd_stream(loop& owner, int fd);

}  // namespace naild::io
