#include "harness/command/must_coverage.hpp"

#include <set>
#include <string_view>

#include "harness/scenario/requirements.hpp"

namespace nailbiter::command {

report::coverage must_coverage(const std::vector<scenario::scenario>& suite, const report::campaign& all) {
  std::set<std::string_view> judged;  // scenarios
  for (const auto& one : all.cases) {
    const bool has_verdict = one.summary.result == check::outcome::pass || one.summary.result == check::outcome::fail;
    if (has_verdict) judged.insert(std::string_view(one.id).substr(0, one.id.find('[')));
  }
  std::set<std::string_view> owed;
  std::set<std::string_view> met;
  for (const auto& one : suite) {
    if (one.level != "MUST" || !one.runs_in("live")) continue;
    owed.insert(one.requires_ids.begin(), one.requires_ids.end());
    if (judged.contains(one.id)) met.insert(one.requires_ids.begin(), one.requires_ids.end());
  }
  report::coverage found;
  for (const auto id : scenario::requirement_ids()) {
    if (owed.contains(id)) (met.contains(id) ? found.exercised : found.not_exercised).emplace_back(id);
  }
  return found;
}

}  // namespace nailbiter::command
