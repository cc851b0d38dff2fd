#include "harness/command/fix_verdict.hpp"

#include <fmt/core.h>

namespace nailbiter::command {
namespace {

constexpr std::size_t indent = 8;
constexpr double percent = 100;

std::string of_failing(const std::optional<report::seen_rate>& before, const report::rate& after) {
  if (!before || before->seen.runs == 0) return "it still fails\n";
  const auto then = report::wilson(before->seen);
  const auto now = report::wilson(after);
  if (now.high < then.low) return "it fails less often than before, and it still fails\n";
  if (now.low > then.high) return "it fails more often than before\n";
  return "it still fails; the intervals overlap, so nothing says that it fails less often\n";
}

fix_verdict of_clean(const std::optional<report::seen_rate>& before, std::uint64_t runs) {
  const auto needed = runs_needed(before);
  auto text = runs == 0 ? std::string("no run came to a verdict\n") : fmt::format("no such failure in {} runs: of such runs {}\n", runs, report::said_of_clean(runs));
  if (!needed) return {fix_state::not_enough, 0, text + "how often it failed before is not known, so nothing can be said of a fix (see --record)\n"};
  const double least = percent * report::wilson(before->seen).low;
  if (runs >= *needed) {
    text += fmt::format("before, at least {:.2g} % failed: that as many still do is excluded with {:.0f} % confidence ({} clean runs were needed)\n",
                        least, percent * report::usual_confidence, *needed);
    return {fix_state::gone, 0, text};
  }
  text += fmt::format("before, at least {:.2g} % failed: {} more clean runs are needed to exclude that as many still do with {:.0f} % confidence\n",
                      least, *needed - runs, percent * report::usual_confidence);
  return {fix_state::not_enough, *needed - runs, text};
}

/// Whose rates these are: a fix shows only between two builds, or between two settings of one.
std::string compared(const std::optional<report::seen_rate>& before, const std::string& where) {
  if (!before) return {};
  const auto names_build = [](const std::string& place) { return place.find(" build ") != place.npos; };
  if (!names_build(before->where) || !names_build(where)) return "compared: rates of which not both name a build; see that they are of two\n";
  if (before->where == where) return "compared: the same build with itself, so that only what its environment or options say can differ\n";
  return "compared: two builds, or two places\n";
}

}  // namespace

std::optional<std::uint64_t> runs_needed(const std::optional<report::seen_rate>& before) {
  if (!before || before->seen.failures == 0) return std::nullopt;
  return report::clean_runs_for(report::wilson(before->seen).low);
}

fix_verdict judge_fix(const std::optional<report::seen_rate>& before, const measurement& after, const std::string& where) {
  auto text = before ? fmt::format("before: {}\n        on {}\n", report::to_string(before->seen), before->where) : std::string();
  text += fmt::format("now:    {}        on {}\n", after.text(indent), where);
  text += compared(before, where);
  if (after.same().failures > 0) return {fix_state::fails, 0, text + of_failing(before, after.same())};
  auto said = of_clean(before, after.same().runs);
  said.text = text + said.text;
  if (!after.others().empty()) said = {fix_state::differently, said.runs_missing, said.text + "but it fails in another way now\n"};
  return said;
}

}  // namespace nailbiter::command
