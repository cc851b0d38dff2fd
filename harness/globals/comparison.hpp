#pragma once

// Snapshots before and after runs: what has changed, and what is known to change anyway.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/globals/snapshot.hpp"

namespace nailbiter::globals {

struct difference {
  std::string place{};      // "name+16", "name+8->+0"; the word's offset in bytes
  std::string variable{};   // where the way begins
  std::string before{};     // 0x..., "pointer", or "absent"
  std::string after{};

  friend bool operator==(const difference&, const difference&) = default;
};

/// By place. A block that is in one snapshot only is one difference.
std::vector<difference> differences(const snapshot& before, const snapshot& after);

/// What changed while nothing that should matter was done.
class noise {
 public:
  void learn(const snapshot& before, const snapshot& after);
  bool knows(const difference& what) const { return places_.contains(what.place); }
  /// Some word of this block changes anyway: then its memory is used again and again.
  bool touches(const std::string& block_name) const;
  std::size_t size() const noexcept { return places_.size(); }

 private:
  std::set<std::string> places_;
};

/// Names of blocks that hold these bytes; `secret` has at least eight bytes.
std::vector<std::string> holders_of(const snapshot& what, std::string_view secret);

/// The variable at the beginning of a place: all before the first '+' that an offset follows.
std::string variable_of(std::string_view place);

}  // namespace nailbiter::globals
