#pragma once

// Processes that `nailbiter power` runs, a few at a time: each with one planted bug awake, its output in a file.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/target/process.hpp"

namespace nailbiter::command {

struct power_job {
  std::vector<std::string> argv{};
  std::filesystem::path log{};
  bool ends_with_first_failure = false;  // stopped when its output has a line that begins with "fail "
  target::milliseconds at_most{0};       // then it is stopped
};

struct ended_job {
  int exit_code = -1;                    // -1: it was ended by a signal
  std::uint64_t cpu_us = 0;
  std::string output{};                  // its last 64 KiB
};

/// Runs all of them, `parallel` at a time, and tells of each as it ends, by its number. False: interrupted. The error says
/// which could not be started.
tl::expected<bool, std::string> run_jobs(const std::vector<power_job>& jobs, std::size_t parallel, const std::function<bool()>& interrupted,
                                         const std::function<void(std::size_t, const ended_job&)>& done);

}  // namespace nailbiter::command
