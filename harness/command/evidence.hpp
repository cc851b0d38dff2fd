#pragma once

// Keeps what proves a failure: the run's folder and in it the failing cases' folders, redacted.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/report/campaign.hpp"
#include "harness/report/run_folder.hpp"
#include "harness/target/case_result.hpp"

namespace nailbiter::command {

/// The run's folder is made at first need, so a campaign without findings can leave none behind.
class evidence {
 public:
  /// `name` of the run's folder below `out`. `process_environment`: KEY=VALUE entries whose values are secrets.
  evidence(std::filesystem::path out, std::string name, std::vector<std::string> process_environment)
      : out_(std::move(out)), name_(std::move(name)), environment_(std::move(process_environment)) {}

  /// Into the folder of a run that is there already.
  evidence(const std::filesystem::path& run, std::vector<std::string> process_environment)
      : environment_(std::move(process_environment)), run_(report::run_folder::at(run)) {}

  /// The run's folder. The error is a text.
  tl::expected<std::filesystem::path, std::string> folder();

  /// Where the case's folder will be.
  tl::expected<std::filesystem::path, std::string> folder_of(const std::string& case_id);

  /// The text without the values of this process's environment, which a daemon has inherited and may print.
  std::string without_secrets(std::string text) const;

  /// Writes verdict.json, plan.json, history.txt, wire.log, daemon.log and the history drawn (diagram.html, diagram.mmd,
  /// trace.json); with a schedule also schedule.bin.
  tl::expected<void, std::string> keep(const target::case_result& result, const report::case_record& record,
                                       const std::string& schedule = {});

 private:
  std::filesystem::path out_;
  std::string name_;
  std::vector<std::string> environment_;
  std::optional<report::run_folder> run_;
};

/// UTC time and process, fit for a folder's name and sorted by time: 20260101T120000Z-4711.
std::string run_name();

/// The time as reports tell it: "2026-01-31 12:00:00 UTC".
std::string utc_now();

/// This process's environment.
std::vector<std::string> process_environment();

/// A word for a shell: quoted where it needs to be.
std::string shell_word(const std::string& word);

}  // namespace nailbiter::command
