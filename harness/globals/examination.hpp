#pragma once

// The experiment: runs that are all alike teach what changes anyway; then one run that differs in its values only. What
// changes then, or holds the values afterwards, is shared between runs. Knows no daemon: it is given a way to run and to look.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/globals/comparison.hpp"

namespace nailbiter::globals {

struct experiment {
  /// One run from its beginning to its end, with this value in all that a run can set.
  std::function<tl::expected<void, std::string>(const std::string& value)> run{};
  std::function<tl::expected<snapshot, std::string>()> look{};
  std::uint32_t alike = 6;       // runs that teach, after two that are not looked at
  std::string usual_value;       // as long as the other
  std::string other_value;
};

struct finding {
  std::string variable{};
  std::vector<difference> changed{};
  std::vector<std::string> holds_value{};    // places of the other value's bytes
};

struct examination {
  std::vector<finding> findings{};           // by variable
  std::size_t noise = 0;                     // places that every run changes
  std::vector<std::string> noisy_variables{};
  std::size_t blocks = 0;
  std::size_t bytes = 0;
  bool is_whole = true;
};

/// The error says which run or look failed.
tl::expected<examination, std::string> examine(const experiment& how);

/// For a person: a line a place, bounded; and what was looked at.
std::string text_of(const examination& seen);

std::string json_of(const examination& seen);

}  // namespace nailbiter::globals
