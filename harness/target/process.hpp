#pragma once

// A child process of the harness: an argument vector, its own process group, its output in a file. It ends with the
// harness. Every wait has a deadline and is for an event: the child's end or its output.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace nailbiter::target {

using milliseconds = std::chrono::milliseconds;

/// Owns a file descriptor; -1 = none.
class descriptor {
 public:
  explicit descriptor(int fd = -1) noexcept : fd_(fd) {}
  descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~descriptor();
  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_;
};

/// One thread; the child is killed at that thread's end. Its destructor kills what still runs, the whole group.
class process {
 public:
  /// Standard output and error go to `log`, which begins empty; standard input is `standard_in`, borrowed, or empty.
  /// The error is a text.
  static tl::expected<process, std::string> start(const std::vector<std::string>& argv, const std::filesystem::path& log,
                                                  int standard_in = -1);

  process(process&& other) noexcept;
  process& operator=(process&&) = delete;
  ~process();

  std::int32_t pid() const noexcept { return pid_; }

  /// The wait status once it has ended; reaps it.
  std::optional<int> ended();
  std::optional<int> wait(milliseconds at_most);

  /// What it and the children that it waited for have used, once it has ended.
  std::uint64_t cpu_us() const noexcept { return cpu_us_; }

  /// Waits until the log, from its start, matches the regular expression: the first group, or the whole match. nullopt:
  /// it ended or the time is over.
  std::optional<std::string> wait_for_output(const std::string& pattern, milliseconds at_most);

  /// What it has written from `offset` on, at most `bytes_max`.
  std::string output(std::uint64_t offset, std::size_t bytes_max) const;
  std::uint64_t output_bytes() const;

  /// Empties the log; it writes on at its start.
  void forget_output() const;

  /// Nothing once it has been reaped.
  void signal_group(int number) const noexcept;

  /// SIGTERM, then after `grace` SIGKILL, both to the group.
  void stop(milliseconds grace);

 private:
  process(std::int32_t pid, descriptor handle, std::filesystem::path log);

  std::int32_t pid_ = -1;  // -1: moved away
  descriptor handle_;      // a pidfd: readable when it has ended
  std::filesystem::path log_;
  std::optional<int> status_;
  std::uint64_t cpu_us_ = 0;
};

}  // namespace nailbiter::target
