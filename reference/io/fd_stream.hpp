#pragma once

// One end of a pipe, a terminal or a file as a byte_stream. Only one direction works.

#include <memory>

#include "reference/port/byte_stream.hpp"

namespace naild::io {

class file_descriptor;
class loop;

/// An end that nobody else has: owns it, and makes it non-blocking. Borrows the loop.
std::unique_ptr<port::byte_stream> make_pipe_stream(loop& owner, file_descriptor owned);

/// A process's own stdin, stdout or stderr, which other processes share: its flags are never changed, and closing the
/// stream ends its waits and leaves the descriptor open. Borrows the loop. What cannot be polled (a regular file) counts
/// as always ready. A write takes at most 4,096 bytes, which a pipe that is ready takes without blocking; only another
/// process that takes the same bytes or room in that instant can make a transfer block.
std::unique_ptr<port::byte_stream> make_fd_stream(loop& owner, int fd);

}  // namespace naild::io
