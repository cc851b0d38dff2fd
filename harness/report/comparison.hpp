#pragma once

// Two campaigns, case by case: what changed. Judges by verdicts alone; known-failure files do not make a failure better.

#include <cstdint>
#include <string>
#include <vector>

#include "harness/report/campaign.hpp"

namespace nailbiter::report {

enum class change_kind : std::uint8_t {
  broken,          // passed or was not judged, and fails or is unknown now; or: was unknown and fails
  no_longer_run,   // passed, and is not exercised now
  fixed,           // failed or was unknown, and passes
  reason_changed,  // fails or is unknown in another way
  added,           // only in the second
  gone,            // only in the first
};

const char* name_of(change_kind kind) noexcept;

/// What is compared of a case: "pass", "fail: exit: no exit"; null, and empty: absent.
std::string outcome_text(const case_record* one);

struct change {
  std::string id;
  change_kind kind{};
  bool worse = false;       // broken, no longer run, an added case that fails, a reason that became a leak
  std::string before{};     // "pass", "fail: exit: no exit"; empty: absent
  std::string after{};
};

/// In the order of ids; repetitions of a case count as the worst of them.
std::vector<change> compare(const campaign& before, const campaign& after);

/// One line a change and a summary line; the same as JSON.
std::string comparison_text(const std::vector<change>& changes);
std::string comparison_json(const std::vector<change>& changes);

}  // namespace nailbiter::report
