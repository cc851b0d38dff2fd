#pragma once

// Several campaigns side by side: a row a case id, a cell a campaign. Repetitions of a case become one cell.

#include <map>
#include <string>
#include <vector>

#include "harness/report/campaign.hpp"
#include "harness/report/rate.hpp"

namespace nailbiter::report {

struct table_cell {
  const case_record* worst = nullptr;   // the worst of its runs, the first of equals; null: the campaign has no such case
  std::size_t runs = 0;
  std::size_t failing = 0;              // failed or unknown
};

/// By id, one cell a campaign in their order. Borrows the campaigns.
std::map<std::string, std::vector<table_cell>> case_table(const std::vector<campaign>& all);

/// By id, of the cases that ran more than once: how many runs failed or are unknown. Those that never did are left out.
std::map<std::string, rate> failure_rates(const campaign& all);

}  // namespace nailbiter::report
