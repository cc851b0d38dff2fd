#include "harness/command/sim_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include "harness/explore/strategies.hpp"
#include "harness/report/rate.hpp"

namespace nailbiter::command {
namespace {

struct family_sum {
  std::size_t cases = 0;
  std::uint64_t schedules = 0;
  std::uint64_t steps = 0;
  std::size_t failures = 0;            // unknown ones included

  void add(const sim_case& one) {
    ++cases;
    schedules += one.executions;
    steps += one.steps;
    const auto result = one.record.summary.result;
    if (result == check::outcome::fail || result == check::outcome::unknown) ++failures;
  }
};

std::string row(std::string_view name, std::size_t width, const family_sum& sum) {
  return fmt::format("{:<{}} {:>6} {:>10} {:>12} {:>9}\n", name, width, sum.cases, sum.schedules, sum.steps, sum.failures);
}

/// PCT's own bound: n strands, k decisions, depth d: 1 / (n k^(d-1)). It draws its change points below its estimate, so
/// it holds only where an execution has no more decisions than that.
std::string pct_bound(const sim_case& one, const sim_settings& how) {
  const explore::strategy_options drawn;
  if (how.strategy != "pct" || one.executions == 0 || one.decisions_max > drawn.decisions_estimate) return {};
  const double rarest = static_cast<double>(one.strands_max) * std::pow(drawn.decisions_estimate, explore::pct_depth - 1);
  return fmt::format("  a bug of depth {} that needs no cut write or read: at least 1 in {:.0f} schedules", explore::pct_depth, rarest);
}

std::string dfs_part(const sim_case& one, const sim_settings& how) {
  if (how.strategy != "dfs" || one.executions == 0) return {};
  if (!one.exhausted) return "  not exhausted";
  return one.cut ? fmt::format("  exhausted up to {} departures", how.departures) : "  exhausted";
}

}  // namespace

std::string family_table(const std::vector<sim_case>& cases) {
  std::map<std::string, family_sum> families;
  family_sum all;
  std::size_t width = 6;
  for (const auto& one : cases) {
    const std::string family(report::family_of(one.record.id));
    width = std::max(width, family.size());
    families[family].add(one);
    all.add(one);
  }
  auto out = fmt::format("{:<{}} {:>6} {:>10} {:>12} {:>9}\n", "family", width, "cases", "schedules", "steps", "failures");
  for (const auto& [family, sum] : families) out += row(family, width, sum);
  return out + row("all", width, all);
}

std::string line_of(const sim_case& one, const sim_settings& how) {
  const auto per_execution = one.executions == 0 ? 0 : one.steps / one.executions;
  return fmt::format("{:<13} {:>8} executions {:>8} steps each  {}{}{}\n", report::name_of(one.record.summary.result), one.executions,
                     per_execution, one.record.id, dfs_part(one, how), pct_bound(one, how));
}

std::string figures_of(const sim_result& done) {
  const double seconds = static_cast<double>(done.duration_ns) / 1e9;
  const auto executions = done.executions + done.repeated;
  const auto per_s = seconds > 0 ? static_cast<double>(executions) / seconds : 0;
  const auto steps = done.executions == 0 ? 0.0 : static_cast<double>(done.steps) / static_cast<double>(done.executions);
  return fmt::format("{} executions and {} repeated to compare: {:.0f} executions/s, {:.0f} steps an execution\n", done.executions,
                     done.repeated, per_s, steps);
}

std::string conclusion_of(const sim_result& done, const sim_settings& how) {
  const auto is_clean = [](const sim_case& one) {
    return one.record.summary.result == check::outcome::pass || one.record.summary.result == check::outcome::not_exercised;
  };
  // Depth-first and FIFO draw nothing: how often they fail says nothing of other schedules.
  if (how.strategy == "dfs" || how.strategy == "fifo" || done.executions == 0 || !std::ranges::all_of(done.cases, is_clean)) return {};
  return fmt::format("no failure in {} executions: of those that {} draws from these cases {}\n", done.executions, how.strategy,
                     report::said_of_clean(done.executions));
}

std::string coverage_of(const explore::conflict_coverage& covered) {
  const auto figures = covered.count();
  auto out = fmt::format("conflicting pairs of kinds of steps, by their labels: {} seen, {} of them in both orders\n", figures.pairs,
                         figures.both_orders);
  for (const auto& line : covered.one_order_only()) out += fmt::format("  one order only: {}\n", line);
  return out;
}

}  // namespace nailbiter::command
