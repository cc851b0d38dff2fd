#include "harness/command/measurement.hpp"

#include <utility>

#include <fmt/core.h>

#include "harness/target/sim_target.hpp"

namespace nailbiter::command {

bool fails_like(const report::stored_verdict& wanted, const target::case_result& result) {
  const auto& summary = result.summary;
  return wanted.verdict == report::name_of(summary.result) && wanted.checker == summary.checker && wanted.reason == check::describe(summary.why);
}

void measurement::add(target::case_result&& result) {
  const auto& summary = result.summary;
  const bool same = fails_like(wanted_, result);
  if (!same && (summary.result == check::outcome::unknown || summary.result == check::outcome::not_exercised)) {
    if (without_verdict_++ == 0) why_without_ = summary.checker + ": " + summary.detail;
    return;
  }
  ++same_.runs;
  if (same) {
    ++same_.failures;
    if (!first_same_) first_same_ = std::move(result);
  } else if (summary.result == check::outcome::fail) {
    ++others_[fmt::format("{}: {}", summary.checker, check::describe(summary.why))];
    if (!first_other_) first_other_ = std::move(result);
  }
}

std::string measurement::text(std::size_t indent) const {
  auto out = report::to_string(same_) + "\n";
  for (const auto& [what, count] : others_) out += fmt::format("{:{}}{} failed in another way: {}\n", "", indent, count, what);
  if (without_verdict_ > 0) out += fmt::format("{:{}}{} more without a verdict, the first by {}\n", "", indent, without_verdict_, why_without_);
  return out;
}

measurement measure_in_simulator(const plan::plan& what, const report::stored_verdict& wanted, std::uint64_t schedules,
                                 const std::function<bool()>& interrupted) {
  measurement seen(wanted);
  target::simulated_target target;
  const auto decides = explore::make_strategy("portfolio");
  for (std::uint64_t seed = 1; seed <= schedules && !interrupted(); ++seed) seen.add(target.run(what, *decides, seed));
  return seen;
}

}  // namespace nailbiter::command
