#pragma once

// A daemon that the harness has started, or the address of one that runs already.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/target/process.hpp"
#include "harness/target/sanitizer_log.hpp"
#include "harness/target/target_description.hpp"
#include "reference/port/address.hpp"

namespace nailbiter::target {

/// One thread. Ends the daemon with itself.
class live_daemon {
 public:
  /// `stem` + ".sock" and ".log" are its files. Returns when it accepts; the error says what it said instead.
  static tl::expected<live_daemon, std::string> start(const target_description& target, const std::string& transport,
                                                      const std::vector<std::string>& daemon_args,
                                                      const std::filesystem::path& stem, milliseconds at_most);

  /// One that runs already; the error says that nobody answers there.
  static tl::expected<live_daemon, std::string> at(const std::string& address);

  live_daemon(live_daemon&&) = default;
  ~live_daemon();

  const naild::port::address& where() const noexcept { return where_; }

  /// 0 when it was not started here.
  std::int32_t pid() const noexcept { return running_ ? running_->pid() : 0; }

  /// The wait status of one that was started and has ended.
  std::optional<int> ended(milliseconds at_most = milliseconds(0));

  /// Which sanitizers watch it; see sanitizers_of().
  const std::string& sanitizers() const noexcept { return watched_by_; }

  /// What its sanitizers have reported since the last call; waits a little for the end of a report that has begun. Before
  /// take_output().
  std::vector<sanitizer_report> take_reports();

  /// What it wrote since the last call, at most `bytes_max`. The file itself is emptied when it has become large.
  std::string take_output(std::size_t bytes_max = 64 * 1024);

 private:
  live_daemon(naild::port::address where, std::optional<process> running);

  naild::port::address where_;
  std::optional<process> running_;
  std::string watched_by_;
  sanitizer_log sanitizers_;
  std::uint64_t output_searched_ = 0;
  std::uint64_t output_seen_ = 0;
};

}  // namespace nailbiter::target
