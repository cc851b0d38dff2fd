#include <nlohmann/json.hpp>

#include "harness/power/checker_kills.hpp"
#include "harness/power/power_table.hpp"
#include "harness/report/rate.hpp"

namespace nailbiter::power {
namespace {

using json = nlohmann::ordered_json;

void add_figures(json& to, const figures& from) {
  to["schedules_median"] = from.schedules_median;
  to["schedules_median_is_bound"] = from.median_is_bound;
  to["schedules_p95"] = from.schedules_p95;
  to["schedules_p95_is_bound"] = from.p95_is_bound;
  to["cpu_s_median"] = from.cpu_s_median;
  to["cpu_s"] = from.cpu_s;
  to["searches"] = from.searches;
  to["searches_that_detected"] = from.detected;
  const auto [low, high] = report::wilson({.failures = from.detected, .runs = from.searches});
  to["rate_interval"] = {low, high};
}

json value_of(const mutant_result& one) {
  json value{{"id", one.what.id},
             {"name", one.what.name},
             {"hops", one.what.hops},
             {"title", one.what.title},
             {"level", name_of(one.what.home)},
             {"case", one.what.case_id},
             {"reached", one.reached},
             {"triggered", one.triggered},
             {"detected", one.detected()}};
  if (const auto* speaking = one.speaking()) add_figures(value, *speaking);
  value["checkers"] = one.checkers();
  if (one.missing() != gap::none) value["missing"] = describe(one.missing());
  if (!one.what.missing.empty()) value["known"] = one.what.missing;
  auto& strategies = value["strategies"] = json::array();
  for (const auto& row : one.rows) {
    json figures{{"strategy", row.strategy}, {"level", name_of(row.where)}, {"detected", row.detected > 0}};
    add_figures(figures, row);
    figures["checkers"] = row.checkers;
    figures["first"] = row.first;
    strategies.push_back(std::move(figures));
  }
  return value;
}

}  // namespace

std::string power_json(const results& seen) {
  json value{{"version", 1}, {"mutants", json::array()}, {"controls", json::array()}, {"checkers", json::array()}};
  for (const auto& one : seen.mutants) value["mutants"].push_back(value_of(one));
  for (const auto& one : seen.controls) value["controls"].push_back({{"id", one.id}, {"flagged", one.flagged}});
  for (const auto& one : kills_by_checker(seen)) {
    value["checkers"].push_back({{"name", one.checker}, {"kills", one.kills}, {"alone", one.alone}});
  }
  return value.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace nailbiter::power
