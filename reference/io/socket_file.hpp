#pragma once

// The file of a unix listener: made under a temporary name and moved into place when the socket already listens, so
// that it is never there half made, or with wider permissions; removed only while it is still ours.

#include <sys/types.h>

#include <string>

#include <tl/expected.hpp>

#include "reference/io/file_descriptor.hpp"

namespace naild::io {

class socket_file {
 public:
  socket_file() noexcept = default;
  socket_file(socket_file&& other) noexcept;
  socket_file& operator=(socket_file&& other) noexcept;
  ~socket_file() { remove(); }

  /// Binds `socket` and lets it listen at `path`, with mode 0600 whatever the umask. A file that a dead listener left is
  /// replaced, by one of those who try at once; the error says why the path cannot be used, a live listener included.
  static tl::expected<socket_file, std::string> listen(const file_descriptor& socket, const std::string& path, int backlog);

  /// Removes the file unless somebody has put another in its place. Idempotent. While the socket is open nobody else's
  /// file can be taken for ours.
  void remove() noexcept;

 private:
  std::string path_;  // empty = none
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace naild::io
