#pragma once

// What `nailbiter power` has to run for each entry of the catalogue, and how its output becomes figures.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/command/options.hpp"
#include "harness/command/power_jobs.hpp"
#include "harness/power/figures.hpp"

namespace nailbiter::command {

struct power_step {
  enum class purpose : std::uint8_t { searches, live_runs, loop, control };

  std::size_t entry = 0;             // of the catalogue
  purpose what{};
  std::string strategy{};
  power_job job{};
  std::filesystem::path marks{};     // made when the planted place is reached; "t" in it: a state was wrong
  std::filesystem::path report{};    // of live runs
};

struct power_places {
  std::filesystem::path nailbiter;   // with the planted bugs
  std::filesystem::path scenarios;
  std::filesystem::path work;        // for logs, marks and failures' folders
};

/// Steps of one entry follow each other.
std::vector<power_step> power_steps(const std::vector<power::mutant>& entries, const power_options& how, const power_places& where);

/// The figures of what has been run; the error says what a process said instead.
tl::expected<power::figures, std::string> figures_of_step(const power_step& step, const ended_job& ended);

struct marks {
  bool reached = false;
  bool triggered = false;
};
marks marks_of(const power_step& step);

}  // namespace nailbiter::command
