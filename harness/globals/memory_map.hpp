#pragma once

// The memory of another process, as /proc shows it: its mappings, and their bytes. Interprets nothing.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::globals {

struct mapping {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;       // one past the last byte
  std::uint64_t offset = 0;    // in the file
  bool writable = false;
  std::string path{};          // of the file, or [heap], [stack]; empty: anonymous
};

/// In the order of addresses. The error says why they cannot be had.
tl::expected<std::vector<mapping>, std::string> mappings_of(std::int32_t pid);

/// Needs what a debugger needs: the same user, and a kernel that allows it.
class process_memory {
 public:
  static tl::expected<process_memory, std::string> open(std::int32_t pid);

  process_memory(process_memory&& other) noexcept;
  process_memory& operator=(process_memory&&) = delete;
  ~process_memory();

  /// False where not all of it can be read.
  bool read(std::uint64_t address, std::span<char> into) const noexcept;

 private:
  explicit process_memory(int fd) noexcept : fd_(fd) {}
  int fd_;
};

}  // namespace nailbiter::globals
