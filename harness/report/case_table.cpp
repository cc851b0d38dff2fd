#include "harness/report/case_table.hpp"

namespace nailbiter::report {
namespace {

int badness(const case_record& one) noexcept {
  switch (one.summary.result) {
    case check::outcome::fail: return one.leak ? 4 : 3;
    case check::outcome::unknown: return 2;
    case check::outcome::pass: return 1;
    case check::outcome::not_exercised: return 0;
  }
  return 0;
}

}  // namespace

std::map<std::string, std::vector<table_cell>> case_table(const std::vector<campaign>& all) {
  std::map<std::string, std::vector<table_cell>> table;
  for (std::size_t column = 0; column < all.size(); ++column) {
    for (const case_record& one : all[column].cases) {
      auto& cells = table[one.id];
      cells.resize(all.size());
      table_cell& cell = cells[column];
      ++cell.runs;
      if (badness(one) >= 2) ++cell.failing;
      if (cell.worst == nullptr || badness(one) > badness(*cell.worst)) cell.worst = &one;
    }
  }
  return table;
}

std::map<std::string, rate> failure_rates(const campaign& all) {
  std::map<std::string, rate> seen;
  for (const case_record& one : all.cases) {
    rate& mine = seen[one.id];
    ++mine.runs;
    if (badness(one) >= 2) ++mine.failures;
  }
  std::erase_if(seen, [](const auto& each) { return each.second.runs < 2 || each.second.failures == 0; });
  return seen;
}

}  // namespace nailbiter::report
