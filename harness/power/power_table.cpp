#include "harness/power/power_table.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/power/checker_kills.hpp"

namespace nailbiter::power {
namespace {

constexpr std::size_t strategy_width = 12;

std::vector<std::string> strategies_of(const results& seen) {
  std::vector<std::string> names;
  for (const auto& one : seen.mutants) {
    for (const auto& row : one.rows) {
      if (std::ranges::find(names, row.strategy) == names.end()) names.push_back(row.strategy);
    }
  }
  return names;
}

/// "17/350", with ">" for a bound; of live runs "9 of 10"; of the naive loop the run in which it showed.
std::string cell(const mutant_result& one, const std::string& strategy) {
  const auto row = std::ranges::find(one.rows, strategy, &figures::strategy);
  if (row == one.rows.end() || row->searches == 0) return "-";
  if (row->detected == 0) return "never";
  if (one.what.home == level::live) return fmt::format("{} of {}", row->detected, row->searches);
  if (row->where == level::live) return std::to_string(row->schedules_median);
  return shown(row->schedules_median, row->median_is_bound) + '/' + shown(row->schedules_p95, row->p95_is_bound);
}

std::string line_of(const mutant_result& one, const std::vector<std::string>& strategies) {
  const auto* speaking = one.speaking();
  const auto yes = [](bool is) { return is ? "yes" : "no"; };
  auto line = fmt::format("{:<5} {:<5} {:<8} {:<10} {:<9}", one.what.name, name_of(one.what.home), yes(one.reached), yes(one.triggered), yes(one.detected()));
  for (const auto& strategy : strategies) line += fmt::format(" {:>{}}", cell(one, strategy), strategy_width);
  line += fmt::format(" {:>8.3f}  {}\n", speaking == nullptr ? 0.0 : speaking->cpu_s_median, fmt::join(one.checkers(), " "));
  return line;
}

}  // namespace

std::string mutant_table(const results& seen) {
  const auto strategies = strategies_of(seen);
  auto text = fmt::format("{:<5} {:<5} {:<8} {:<10} {:<9}", "id", "level", "reached", "triggered", "detected");
  for (const auto& strategy : strategies) text += fmt::format(" {:>{}}", strategy, strategy_width);
  text += fmt::format(" {:>8}  checkers\n", "cpu s");
  for (const auto& one : seen.mutants) text += line_of(one, strategies);
  return text;
}

std::string strategy_table(const results& seen) {
  auto text = fmt::format("{:<6} {:<10} {:>10} {:>8} {:>8} {:>9}  {}\n", "bug", "strategy", "found", "median", "p95", "cpu s", "checkers");
  for (const auto& one : seen.mutants) {
    for (const auto& row : one.rows) {
      text += fmt::format("{:<6} {:<10} {:>10} {:>8} {:>8} {:>9.2f}  {}\n", one.what.name, row.strategy, fmt::format("{} of {}", row.detected, row.searches),
                          shown(row.schedules_median, row.median_is_bound), shown(row.schedules_p95, row.p95_is_bound), row.cpu_s, fmt::join(row.checkers, " "));
    }
  }
  return text;
}

std::string checker_table(const results& seen) {
  auto text = fmt::format("{:<14} {:>5} {:>5}  {}\n", "checker", "kills", "alone", "what nobody else kills");
  for (const auto& one : kills_by_checker(seen)) {
    text += fmt::format("{:<14} {:>5} {:>5}  {}\n", one.checker, one.kills, one.alone.size(), fmt::join(one.alone, " "));
  }
  return text;
}

std::string gaps_text(const results& seen) {
  std::string text;
  for (const auto& one : seen.mutants) {
    if (one.missing() == gap::none) continue;
    text += fmt::format("{:<5} not caught: {}{}{}\n", one.what.name, describe(one.missing()), one.what.missing.empty() ? "" : "; known: ", one.what.missing);
  }
  return text;
}

std::string summary_line(const results& seen) {
  const auto caught = std::ranges::count_if(seen.mutants, &mutant_result::detected);
  const auto flagged = std::ranges::count_if(seen.controls, &control_result::flagged);
  return fmt::format("{} mutants: {} caught, {} not; {} controls: {} flagged", seen.mutants.size(), caught,
                     static_cast<std::ptrdiff_t>(seen.mutants.size()) - caught, seen.controls.size(), flagged);
}

}  // namespace nailbiter::power
