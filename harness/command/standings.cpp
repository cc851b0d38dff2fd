#include "harness/command/standings.hpp"

#include <map>

#include "harness/report/rate.hpp"

namespace nailbiter::command {

void note_standing_of(report::case_record& one, const std::vector<scenario::known_failure>& known) {
  const auto* entry = scenario::find_known(known, one.id);
  if (entry == nullptr) return;
  if (one.summary.result == check::outcome::pass) {
    const bool intermittent = entry->rate && entry->rate->low < 1.0;
    if (!intermittent) one.against_known = report::standing::unexpected_pass;
  }
  if (one.summary.result != check::outcome::fail) return;
  const auto* same = scenario::find_known(known, one.id, one.summary.checker, check::describe(one.summary.why));
  one.against_known = same == nullptr ? report::standing::fails_differently : report::standing::known;
  if (same != nullptr) one.evidence = same->evidence;
}

void hold_to_rates(const std::vector<scenario::known_failure>& known, report::campaign& all) {
  std::map<std::string, report::rate> seen;
  for (const auto& one : all.cases) {
    const bool failed = one.against_known == report::standing::known;
    if (!failed && one.summary.result != check::outcome::pass) continue;
    ++seen[one.id].runs;
    seen[one.id].failures += failed ? 1 : 0;
  }
  for (auto& one : all.cases) {
    const auto* entry = scenario::find_known(known, one.id);
    const auto found = seen.find(one.id);
    if (entry == nullptr || !entry->rate || found == seen.end() || found->second.runs < 2) continue;
    const auto [low, high] = report::wilson(found->second);
    if (one.summary.result == check::outcome::pass && high < entry->rate->low) one.against_known = report::standing::unexpected_pass;
    if (one.against_known == report::standing::known && low > entry->rate->high) one.against_known = report::standing::fails_too_often;
  }
}

}  // namespace nailbiter::command
