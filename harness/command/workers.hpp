#pragma once

// --jobs: the cases shared out over processes of this program, each with daemons of its own, and their reports put
// together again.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/command/campaign_loop.hpp"
#include "harness/command/options.hpp"

namespace nailbiter::command {

/// Runs what `how` selects in how.jobs workers; failures' folders go to `folder`. Asks how.interrupted and tells on_case
/// as cases end (id, verdict and duration only). The fault of the result says what a worker that failed wrote; then its
/// other cases are missing. The error: none has judged anything.
tl::expected<loop_result, std::string> run_in_workers(const run_options& how, const std::filesystem::path& folder,
                                                      const loop_settings& loop);

/// The argument vector of worker `number` (from 1), without the program; its report goes to `report`.
std::vector<std::string> worker_words(const run_options& how, std::uint32_t number, const std::filesystem::path& folder,
                                      const std::filesystem::path& report);

/// How a worker has ended.
struct worker_end {
  int status = 0;  // as waitpid() has it
  bool has_report = true;
  bool was_asked_to_stop = false;
};

/// Why it has not judged all that it was given; empty: it has, or was stopped, perhaps before it could keep the signal off.
std::string worker_fault(const worker_end& how);

/// Reports of workers 1, 2, ... in the order in which one process would have gone through the cases once.
report::campaign merged(std::vector<report::campaign> parts);

/// What a worker prints as a case ends, and `run -v`: one line.
std::string case_line(const report::case_record& one);

/// Reads case_line() back; nullopt for any other line.
std::optional<report::case_record> parse_case_line(std::string_view line);

}  // namespace nailbiter::command
