#pragma once

// A failure's folder, read back. Its files are other people's bytes: what they name is never run unless the scenarios
// of this program name it too.

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "harness/command/catalogue.hpp"
#include "harness/plan/plan.hpp"
#include "harness/report/json_report.hpp"

namespace nailbiter::command {

struct failure {
  plan::plan what;
  report::stored_verdict verdict;
  std::string schedule{};              // binary; empty: a live failure
};

/// The error is a text that names the file.
tl::expected<failure, std::string> read_failure(const std::filesystem::path& folder);

/// Makes a stored plan fit to be run: redacted values come from `original`, the same case as the scenarios say it
/// (nullptr: they do not know it). The error says what in the plan is not to be trusted.
tl::expected<plan::plan, std::string> trusted(plan::plan stored, const plan::plan* original);

/// read_failure() with a plan that is fit to be run.
tl::expected<failure, std::string> open_failure(const std::filesystem::path& folder, const catalogue& all);

}  // namespace nailbiter::command
