#pragma once

// Patterns over case ids, as `run` and `list` take them and known-failure files name them.

#include <span>
#include <string>
#include <string_view>

namespace nailbiter::scenario {

/// `*` stands for any text, also for none; everything else for itself. The whole text must match.
bool matches_glob(std::string_view pattern, std::string_view text) noexcept;

/// `pattern` is a glob over family/name, and, if it ends in [axis=value,...], conditions that the id's axes must meet
/// in any order (values are globs; axes not named may have any value). Without conditions it may also match the whole
/// id.
bool matches_case(std::string_view pattern, std::string_view case_id) noexcept;

/// No pattern at all selects everything.
bool matches_any(std::span<const std::string> patterns, std::string_view case_id) noexcept;

}  // namespace nailbiter::scenario
