#include "harness/command/power_plan.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "harness/report/bounded_file.hpp"
#include "harness/report/json_report.hpp"

namespace nailbiter::command {
namespace {

using purpose = power_step::purpose;

constexpr std::array<const char*, 4> all_strategies{"random", "pct", "pos", "portfolio"};
constexpr std::uint64_t controls_together = 100'000;
constexpr std::uint32_t live_runs = 10;
constexpr std::uint32_t loop_runs = 20;
constexpr target::milliseconds searches_ms_max{300'000};
constexpr target::milliseconds live_ms_max{60'000};
constexpr target::milliseconds loop_ms_max{10'000};
constexpr target::milliseconds control_ms_max{600'000};

class planner {
 public:
  planner(const power_options& how, const power_places& where, std::uint64_t control_schedules)
      : how_(how), where_(where), control_schedules_(control_schedules) {}

  void add(const power::mutant& what, std::size_t entry) {
    if (what.is_control) return add_control(what, entry);
    if (what.home == power::level::live) return add_live(what, entry, purpose::live_runs, live_runs);
    for (const std::string strategy : all_strategies) {
      const bool wanted = how_.strategies.empty() || std::ranges::find(how_.strategies, strategy) != how_.strategies.end();
      if (wanted) add_searches(what, entry, strategy);
    }
    if (how_.strategies.empty()) add_live(what, entry, purpose::loop, loop_runs);
  }

  std::vector<power_step> take() { return std::move(steps_); }

 private:
  power_step& begin(const power::mutant& what, std::size_t entry, purpose why, std::vector<std::string> words) {
    const auto number = steps_.size();
    power_step& step = steps_.emplace_back();
    step.entry = entry;
    step.what = why;
    step.marks = where_.work / fmt::format("{}.marks", number);
    step.report = where_.work / fmt::format("{}.json", number);
    step.job.log = where_.work / fmt::format("{}.log", number);
    step.job.argv = {"/usr/bin/env", "NAILBITER_MUTANT=" + waking_word(what), "NAILBITER_MUTANT_REACHED=" + step.marks.string(),
                     where_.nailbiter.string()};
    step.job.argv.insert(step.job.argv.end(), words.begin(), words.end());
    step.job.argv.insert(step.job.argv.end(), {"--scenarios", where_.scenarios.string()});
    return step;
  }

  void add_searches(const power::mutant& what, std::size_t entry, const std::string& strategy) {
    auto& step = begin(what, entry, purpose::searches,
                       {"power", "--search", what.case_id, "--strategy", strategy, "--seeds", std::to_string(how_.seeds), "--schedules",
                        std::to_string(how_.schedules), "--seconds", std::to_string(how_.seconds)});
    step.strategy = strategy;
    step.job.at_most = searches_ms_max;
  }

  void add_live(const power::mutant& what, std::size_t entry, purpose why, std::uint32_t runs) {
    auto& step = begin(what, entry, why, {"run", what.case_id, "-v", "--repeat", std::to_string(runs), "--out", (where_.work / "out").string()});
    step.job.argv.insert(step.job.argv.end(), {"--json", step.report.string()});
    step.strategy = power::naive_strategy;
    step.job.ends_with_first_failure = why == purpose::loop;
    step.job.at_most = why == purpose::loop ? loop_ms_max : live_ms_max;
  }

  void add_control(const power::mutant& what, std::size_t entry) {
    const bool simulated = what.home == power::level::sim;
    auto& step = begin(what, entry, purpose::control, {simulated ? "sim" : "run", what.case_id, "--out", (where_.work / "out").string()});
    if (simulated) step.job.argv.insert(step.job.argv.end(), {"--schedules", std::to_string(control_schedules_)});
    step.job.at_most = control_ms_max;
  }

  const power_options& how_;
  const power_places& where_;
  std::uint64_t control_schedules_;
  std::vector<power_step> steps_;
};

tl::unexpected<std::string> said(const ended_job& ended) {
  constexpr std::size_t told_bytes_max = 1'500;
  const auto& all = ended.output;
  return tl::unexpected(fmt::format("a process of its searches ended with {} and said: {}", ended.exit_code,
                                    all.substr(all.size() > told_bytes_max ? all.size() - told_bytes_max : 0)));
}

std::vector<power::search> searches_in(std::string_view output) {
  std::vector<power::search> all;
  while (!output.empty()) {
    const auto end = std::min(output.find('\n'), output.size());
    if (auto one = power::parse_search(output.substr(0, end))) all.push_back(std::move(*one));
    output.remove_prefix(std::min(end + 1, output.size()));
  }
  return all;
}

/// A run by itself is a search of one execution; the loop is one search of many.
std::vector<power::search> searches_of_runs(const report::campaign& all, purpose why, std::uint64_t cpu_us) {
  std::vector<power::search> runs;
  for (const auto& one : all.cases) {
    if (one.summary.result == check::outcome::not_exercised) continue;
    power::search run{.detected = one.summary.result == check::outcome::fail, .schedules = 1};
    if (run.detected) run.checkers.push_back(one.summary.checker);
    runs.push_back(std::move(run));
  }
  if (runs.empty()) return runs;
  for (auto& run : runs) run.cpu_us = cpu_us / runs.size();
  if (why == purpose::live_runs) return runs;
  const auto found = std::ranges::find_if(runs, &power::search::detected);
  power::search loop{.detected = found != runs.end(), .schedules = runs.size(), .cpu_us = cpu_us};
  if (loop.detected) {
    loop.schedules = static_cast<std::uint64_t>(found - runs.begin()) + 1;
    loop.checkers = found->checkers;
  }
  return {loop};
}

}  // namespace

std::vector<power_step> power_steps(const std::vector<power::mutant>& entries, const power_options& how, const power_places& where) {
  const auto is_simulated_control = [](const auto& one) { return one.is_control && one.home == power::level::sim; };
  const auto controls = static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(std::ranges::count_if(entries, is_simulated_control), 1));
  planner all(how, where, how.control_schedules != 0 ? how.control_schedules : (controls_together + controls - 1) / controls);
  for (std::size_t entry = 0; entry < entries.size(); ++entry) all.add(entries[entry], entry);
  return all.take();
}

tl::expected<power::figures, std::string> figures_of_step(const power_step& step, const ended_job& ended) {
  if (step.what == purpose::searches) {
    const auto all = searches_in(ended.output);
    if (all.empty()) return said(ended);
    return power::figures_of(power::level::sim, step.strategy, all);
  }
  const auto read = report::parse_report(report::content_of(step.report).value_or(""));
  if (!read) return said(ended);
  return power::figures_of(power::level::live, step.strategy, searches_of_runs(*read, step.what, ended.cpu_us));
}

marks marks_of(const power_step& step) {
  const auto letters = report::content_of(step.marks).value_or("");
  return {.reached = !letters.empty(), .triggered = letters.find('t') != letters.npos};
}

}  // namespace nailbiter::command
