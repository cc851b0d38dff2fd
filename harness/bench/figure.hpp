#pragma once

// One figure over several rounds, beside its budget.

#include <optional>
#include <string>
#include <vector>

namespace nailbiter::bench {

struct spread {
  double min = 0;
  double median = 0;
  double max = 0;

  friend bool operator==(const spread&, const spread&) = default;
};

/// All zero for no values.
spread spread_of(std::vector<double> values);

enum class budget_kind : unsigned char { at_most, at_least };

struct figure {
  std::string name;
  std::string unit;
  std::vector<double> values{};            // one a round; empty = not measured
  std::optional<double> budget{};
  budget_kind kind = budget_kind::at_most;
  std::string remark{};                    // why it was not measured, or what it was measured against
};

/// Does the median hold the budget? A figure without values or budget holds.
bool holds(const figure& one);

/// A table with one line a figure, each ended by '\n'.
std::string table_of(const std::vector<figure>& figures);

std::string json_of(const std::vector<figure>& figures);

}  // namespace nailbiter::bench
