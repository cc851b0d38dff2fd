#pragma once

// Writes the files that a campaign's end owes: those asked for, and those every run's folder holds.

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "harness/command/options.hpp"
#include "harness/report/campaign.hpp"

namespace nailbiter::command {

/// The files asked for, and report.json and junit.xml in `run_folder` unless that is empty. The error is a text.
tl::expected<void, std::string> write_reports(const report::campaign& all, const report_files& files,
                                              const std::filesystem::path& run_folder);

/// Can the files asked for be written? Asked before a campaign, which is long. The error is a text.
tl::expected<void, std::string> can_write_reports(const report_files& files);

}  // namespace nailbiter::command
