#pragma once

// Owns one descriptor of the kernel. Knows nothing of what it is.

#include <unistd.h>

#include <utility>

namespace naild::io {

class file_descriptor {
 public:
  file_descriptor() noexcept = default;
  explicit file_descriptor(int owned) noexcept : fd_(owned) {}
  file_descriptor(file_descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  file_descriptor& operator=(file_descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~file_descriptor() { close(); }

  /// -1 = none.
  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

  int release() noexcept { return std::exchange(fd_, -1); }

  void close() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

}  // namespace naild::io
