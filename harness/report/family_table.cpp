#include "harness/report/family_table.hpp"

namespace nailbiter::report {

std::map<std::string, counts> by_family(const campaign& all) {
  std::map<std::string, std::vector<case_record>> cases;
  for (const auto& one : all.cases) {
    case_record slim{.id = one.id, .summary = {}};
    slim.summary.result = one.summary.result;
    slim.against_known = one.against_known;
    cases[std::string(family_of(one.id))].push_back(std::move(slim));
  }
  std::map<std::string, counts> table;
  for (const auto& [family, records] : cases) table[family] = tally(records);
  return table;
}

bool needs_explaining(const case_record& one) noexcept {
  if (one.against_known == standing::unexpected_pass) return true;
  if (one.summary.result == check::outcome::unknown) return true;
  return one.summary.result == check::outcome::fail && one.against_known != standing::known;
}

}  // namespace nailbiter::report
