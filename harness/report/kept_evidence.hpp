#pragma once

// What a run's folder keeps of a failing case, for reports that show it.

#include <filesystem>

#include "harness/report/html_case.hpp"

namespace nailbiter::report {

/// Empty where the folder has none, or files that are no history. Files are other people's bytes: too long ones are skipped.
case_evidence kept_evidence(const std::filesystem::path& run_folder, const case_record& one);

}  // namespace nailbiter::report
