#include "harness/power/figures.hpp"

#include <algorithm>
#include <tuple>

namespace nailbiter::power {
namespace {

template <class Value>
Value quantile(std::vector<Value> values, double share) {
  std::ranges::sort(values);
  const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size()));
  return values[std::min(index, values.size() - 1)];
}

}  // namespace

figures figures_of(level where, std::string strategy, const std::vector<search>& all) {
  figures sum{.where = where, .strategy = std::move(strategy), .searches = all.size()};
  if (all.empty()) return sum;
  std::vector<std::pair<std::uint64_t, bool>> schedules;  // an unfinished search is longer than a finished one of its length
  std::vector<double> seconds;
  for (const auto& one : all) {
    sum.detected += one.detected ? 1 : 0;
    schedules.emplace_back(one.schedules, !one.detected);
    seconds.push_back(static_cast<double>(one.cpu_us) / 1e6);
    sum.cpu_s += seconds.back();
    sum.checkers.insert(one.checkers.begin(), one.checkers.end());
    if (!one.checkers.empty()) sum.first.insert(one.checkers.front());
  }
  std::tie(sum.schedules_median, sum.median_is_bound) = quantile(schedules, 0.5);
  std::tie(sum.schedules_p95, sum.p95_is_bound) = quantile(schedules, 0.95);
  sum.cpu_s_median = quantile(seconds, 0.5);
  return sum;
}

std::string shown(std::uint64_t value, bool is_bound) { return (is_bound ? ">" : "") + std::to_string(value); }

const char* describe(gap what) noexcept {
  switch (what) {
    case gap::none: return "";
    case gap::scenario: return "missing scenario";
    case gap::strategy: return "weak strategy";
    case gap::oracle: return "missing oracle";
  }
  return "";
}

const figures* mutant_result::speaking() const noexcept {
  const figures* first = nullptr;
  for (const auto& row : rows) {
    if (row.where != what.home) continue;
    if (row.strategy == usual_strategy) return &row;
    if (first == nullptr) first = &row;
  }
  return first;
}

bool mutant_result::detected() const noexcept {
  return std::ranges::any_of(rows, [this](const auto& row) { return row.where == what.home && row.detected > 0; });
}

gap mutant_result::missing() const noexcept {
  if (detected()) return gap::none;
  if (!reached) return gap::scenario;
  return triggered ? gap::oracle : gap::strategy;
}

std::set<std::string> mutant_result::checkers() const {
  std::set<std::string> all;
  for (const auto& row : rows) {
    if (row.where == what.home) all.insert(row.checkers.begin(), row.checkers.end());
  }
  return all;
}

}  // namespace nailbiter::power
