#pragma once

// A private directory of the harness, removed with all that is in it when its owner ends. Main owns it, so that every
// ordinary end, an interruption included, passes here.

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace nailbiter::target {

class temporary_directory {
 public:
  /// Mode 0700, below $TMPDIR or /tmp; short enough for unix sockets. The error is a text.
  static tl::expected<temporary_directory, std::string> make();

  temporary_directory(temporary_directory&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  temporary_directory& operator=(temporary_directory&&) = delete;
  ~temporary_directory();

  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  explicit temporary_directory(std::filesystem::path path) noexcept : path_(std::move(path)) {}

  std::filesystem::path path_;  // empty: moved away
};

}  // namespace nailbiter::target
