#include "harness/bench/figure.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace nailbiter::bench {
namespace {

std::string budget_of(const figure& one) {
  if (!one.budget) return "-";
  return fmt::format("{} {:g}", one.kind == budget_kind::at_most ? "<=" : ">=", *one.budget);
}

std::string line_of(const figure& one) {
  if (one.values.empty()) return fmt::format("{:<42} not measured: {}\n", one.name, one.remark);
  const auto over = spread_of(one.values);
  return fmt::format("{:<42} {:>10.2f} {:>10.2f} {:>10.2f} {:<6} {:>10}  {:<5} {}\n", one.name, over.min, over.median, over.max,
                     one.unit, budget_of(one), !one.budget ? "" : holds(one) ? "ok" : "OVER", one.remark);
}

}  // namespace

spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  const double median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {.min = values.front(), .median = median, .max = values.back()};
}

bool holds(const figure& one) {
  if (one.values.empty() || !one.budget) return true;
  const double median = spread_of(one.values).median;
  return one.kind == budget_kind::at_most ? median <= *one.budget : median >= *one.budget;
}

std::string table_of(const std::vector<figure>& figures) {
  std::string out = fmt::format("{:<42} {:>10} {:>10} {:>10} {:<6} {:>10}\n", "figure", "min", "median", "max", "", "budget");
  for (const auto& one : figures) out += line_of(one);
  return out;
}

std::string json_of(const std::vector<figure>& figures) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& one : figures) {
    nlohmann::ordered_json value{{"name", one.name}, {"unit", one.unit}, {"values", one.values}};
    const auto over = spread_of(one.values);
    if (!one.values.empty()) value.update({{"min", over.min}, {"median", over.median}, {"max", over.max}});
    if (one.budget) value.update({{one.kind == budget_kind::at_most ? "at_most" : "at_least", *one.budget}, {"holds", holds(one)}});
    if (!one.remark.empty()) value["remark"] = one.remark;
    list.push_back(std::move(value));
  }
  return nlohmann::ordered_json{{"version", 1}, {"figures", std::move(list)}}.dump(1) + "\n";
}

}  // namespace nailbiter::bench
