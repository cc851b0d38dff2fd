#pragma once

// Several campaigns side by side in the order in which a reader wants them, with failures that are alike put together,
// so that one defect is read once. Knows no markup.

#include <string>
#include <string_view>
#include <vector>

#include "harness/report/case_table.hpp"

namespace nailbiter::report {

/// The words of word_of(), the most urgent first.
inline constexpr std::string_view standing_words[] = {"fail", "unexpected", "unknown", "known", "pass", "not-exercised"};

/// The verdict and, where a file of known failures names the case, how it stands to that.
std::string_view word_of(const case_record& one) noexcept;

/// Is there something to read about it: a failure, known or not, or an unknown?
bool is_explained(const case_record& one) noexcept;

struct table_row {
  std::string id;
  std::vector<table_cell> cells{};      // one a campaign
  bool differs = false;                 // verdict, checker or reason is not that of the first campaign
};

/// Rows that say the same in every column: verdict, checker, reason, detail (whatever its numbers) and requirements.
struct alike_rows {
  std::string_view word;                // of the worst of their cells
  std::vector<table_row> rows;          // never empty, by id
};

/// By urgency of the word, then by the first id. A row in which nothing is explained stands alone.
std::vector<alike_rows> rows_by_urgency(const std::vector<campaign>& all);

}  // namespace nailbiter::report
