#include "harness/command/standings.hpp"

namespace nailbiter::command {

report::standing standing_of(const std::vector<scenario::known_failure>& known, const std::string& case_id,
                             const check::verdict& summary) {
  const auto* entry = scenario::find_known(known, case_id);
  if (entry == nullptr) return report::standing::ordinary;
  if (summary.result == check::outcome::pass) {
    const bool intermittent = entry->rate && entry->rate->low < 1.0;
    return intermittent ? report::standing::ordinary : report::standing::unexpected_pass;
  }
  if (summary.result != check::outcome::fail) return report::standing::ordinary;
  const auto* same = scenario::find_known(known, case_id, summary.checker, check::describe(summary.why));
  return same == nullptr ? report::standing::fails_differently : report::standing::known;
}

}  // namespace nailbiter::command
