#pragma once

// report.json: the campaign for machines. Its keys are a contract: later versions add, never rename.

#include <optional>
#include <string>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

/// UTF-8; bytes of a daemon are escaped before they get here, invalid ones are replaced.
std::string report_json(const campaign& all);

/// What report_json() wrote; durations in whole milliseconds. nullopt for anything else.
std::optional<campaign> parse_report(const std::string& text);

/// One verdict as JSON: what a failure folder keeps.
std::string verdict_json(const case_record& one);

/// What verdict_json() wrote, as texts.
struct stored_verdict {
  std::string id;
  std::string verdict;
  std::string checker{};
  std::string reason{};

  friend bool operator==(const stored_verdict&, const stored_verdict&) = default;
};

stored_verdict stored(const case_record& one);

/// nullopt for anything else than a verdict file.
std::optional<stored_verdict> parse_verdict(const std::string& text);

}  // namespace nailbiter::report
