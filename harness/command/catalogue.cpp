#include "harness/command/catalogue.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "harness/command/data_folder.hpp"
#include "harness/scenario/glob.hpp"

namespace nailbiter::command {
namespace {

std::string text_of(const std::vector<scenario::load_error>& faults) {
  std::string text;
  for (const auto& fault : faults) text += (text.empty() ? "" : "\n") + to_string(fault);
  return text;
}

}  // namespace

tl::expected<catalogue, refusal> catalogue::load(const selection& which) {
  const auto folder = scenarios_folder(which.scenarios);
  if (!folder) return tl::unexpected(refusal{exit_code::usage, folder.error()});
  auto scenarios = scenario::load_scenarios(folder->string());
  if (!scenarios) return tl::unexpected(refusal{exit_code::harness_fault, text_of(scenarios.error())});
  if (scenarios->empty()) return tl::unexpected(refusal{exit_code::usage, fmt::format("no scenarios in '{}'", folder->string())});
  catalogue all;
  all.folder_ = *folder;
  all.scenarios_ = std::move(*scenarios);
  all.cases_ = scenario::all_cases(all.scenarios_);
  for (const auto& pattern : which.patterns) {
    const bool matched = std::any_of(all.cases_.begin(), all.cases_.end(), [&](const auto& one) {
      return scenario::matches_case(pattern, one.what.case_id);
    });
    if (!matched) return tl::unexpected(refusal{exit_code::usage, fmt::format("no case matches '{}'; see nailbiter list", pattern)});
  }
  all.keep([&](const auto& one) { return scenario::matches_any(which.patterns, one.what.case_id); });
  return all;
}

const scenario::scenario_case* catalogue::find(const std::string& id) const noexcept {
  for (const auto& one : cases_) {
    if (one.what.case_id == id) return &one;
  }
  return nullptr;
}

}  // namespace nailbiter::command
