#include "harness/command/power_search.hpp"

#include <ctime>

#include "harness/command/catalogue.hpp"
#include "harness/command/sim_campaign.hpp"
#include "harness/power/search.hpp"

namespace nailbiter::command {
namespace {

std::uint64_t cpu_us_used() { return static_cast<std::uint64_t>(std::clock()) * 1'000'000 / CLOCKS_PER_SEC; }

/// The one that the summary names first.
std::vector<std::string> failed_checkers(const target::case_result& ran) {
  std::vector<std::string> names{ran.summary.checker};
  for (const auto& each : ran.verdicts) {
    if (each.result == check::outcome::fail && each.checker != ran.summary.checker) names.push_back(each.checker);
  }
  return names;
}

}  // namespace

exit_code search_case(const power_options& how, terminal to) {
  const auto all = catalogue::load({.patterns = {how.search_case}, .scenarios = how.scenarios});
  if (!all) {
    to.err << "nailbiter power: " << all.error().text << '\n';
    return all.error().code;
  }
  if (all->cases().size() != 1 || !cannot_simulate(all->cases().front().what).empty()) {
    to.err << "nailbiter power: '" << how.search_case << "' is not one case that runs in the simulator\n";
    return exit_code::usage;
  }
  const std::vector<plan::plan> plans{all->cases().front().what};
  const std::string strategy = how.strategies.empty() ? "portfolio" : how.strategies.front();
  const auto begun = cpu_us_used();
  for (std::uint64_t number = 0; number < how.seeds && cpu_us_used() - begun < how.seconds * 1'000'000ull; ++number) {
    power::search one{.schedules = how.schedules};
    const auto failed = [&one](const target::case_result& ran, sim_case& of, const std::string&) {
      if (ran.summary.result != check::outcome::fail) return;
      one = {.detected = true, .schedules = of.executions, .checkers = failed_checkers(ran)};
    };
    const auto before = cpu_us_used();
    const auto done = run_sim_campaign(plans, {.schedules = how.schedules, .strategy = strategy, .seed = 1 + number * how.schedules}, failed, {});
    one.cpu_us = cpu_us_used() - before;
    to.out << power::line_of(one) << std::flush;
    if (!done.fault.empty()) {
      to.err << "nailbiter power: " << done.fault << '\n';
      return exit_code::harness_fault;
    }
  }
  return exit_code::holds;
}

}  // namespace nailbiter::command
