#pragma once

// The ratchet: which mutants have been caught once must be caught for ever. A file with a line a mutant: its id, and
// the checkers that killed it when it was written.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/power/figures.hpp"

namespace nailbiter::power {

/// Checkers by mutant.
using kills = std::map<std::string, std::set<std::string>>;

/// The error names the line. '#' begins a comment.
tl::expected<kills, std::string> parse_kills(std::string_view text);

/// The file again, with what `seen` detected added.
std::string kills_text(kills expected, const results& seen);

/// A sentence for each expected kill that `seen` looked for and did not find, and for each new one that nobody expects
/// yet: both are a difference that has to be looked at.
struct kill_changes {
  std::vector<std::string> lost{};
  std::vector<std::string> gained{};
};
kill_changes compare(const kills& expected, const results& seen);

}  // namespace nailbiter::power
