#pragma once

// One failing case, and those that fail alike, as a section of the HTML report. Reads nothing: it is given what the failure's folder holds.

#include <optional>
#include <string>
#include <vector>

#include "harness/history/event.hpp"
#include "harness/report/campaign.hpp"

namespace nailbiter::report {

struct case_evidence {
  std::optional<history::history> observed{};   // unset: no folder, or it is too long to be shown
  std::string wire_log{};
};

/// `anchor`: the section's id, unique in the page. `others` are listed with their own witness and replay line; `kept` is
/// of `one`.
std::string html_case(const std::string& anchor, const std::string& target, const case_record& one,
                      const std::vector<const case_record*>& others, const case_evidence& kept);

}  // namespace nailbiter::report
