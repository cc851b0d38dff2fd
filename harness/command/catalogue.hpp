#pragma once

// The cases that a command line selects.

#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/command/exit_code.hpp"
#include "harness/command/options.hpp"
#include "harness/scenario/load.hpp"

namespace nailbiter::command {

/// Why a sub-command cannot do its work: what to print, and how to end.
struct refusal {
  exit_code code = exit_code::usage;
  std::string text;
};

/// Owns scenarios and cases; cases point into the scenarios, so it moves and does not copy.
class catalogue {
 public:
  /// All cases whose ids match, in the order of the scenarios. A pattern that matches nothing is refused.
  static tl::expected<catalogue, refusal> load(const selection& which);

  catalogue(catalogue&&) = default;
  catalogue& operator=(catalogue&&) = default;

  const std::vector<scenario::scenario_case>& cases() const noexcept { return cases_; }
  /// All of the folder, whatever was selected.
  const std::vector<scenario::scenario>& scenarios() const noexcept { return scenarios_; }
  /// The case of this id, or null.
  const scenario::scenario_case* find(const std::string& id) const noexcept;

  const std::filesystem::path& folder() const noexcept { return folder_; }

  /// Keeps the cases that `wanted` accepts.
  template <class Predicate>
  void keep(Predicate wanted) {
    std::erase_if(cases_, [&](const auto& one) { return !wanted(one); });
  }

 private:
  catalogue() = default;

  std::filesystem::path folder_;
  std::vector<scenario::scenario> scenarios_;
  std::vector<scenario::scenario_case> cases_;
};

/// Every count-th case, from the index-th.
template <class Case>
std::vector<const Case*> shard_of(const std::vector<Case>& cases, const shard& part) {
  std::vector<const Case*> mine;
  for (std::size_t i = part.index - 1; i < cases.size(); i += part.count) mine.push_back(&cases[i]);
  return mine;
}

}  // namespace nailbiter::command
