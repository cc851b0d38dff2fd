#pragma once

// One at a time, among all processes and threads, changes what is at a path. The lock is a file beside it, PATH.lock,
// that is there only while it is held or waited for; whoever dies leaves an unlocked one that the next takes over.

#include <chrono>
#include <string>

#include <tl/expected.hpp>

#include "reference/io/file_descriptor.hpp"

namespace naild::io {

class path_lock {
 public:
  path_lock(path_lock&&) noexcept = default;
  path_lock& operator=(path_lock&&) = delete;
  ~path_lock();

  /// Waits for it for so long at most: it is held for a few system calls, by nobody but this user's processes (mode
  /// 0600; another user's file is refused), but one of them may be stopped. The error is an errno; EAGAIN: held still.
  static tl::expected<path_lock, int> take(const std::string& path, std::chrono::milliseconds patience);

 private:
  path_lock(std::string name, file_descriptor file) noexcept : name_(std::move(name)), file_(std::move(file)) {}

  std::string name_;
  file_descriptor file_;
};

}  // namespace naild::io
