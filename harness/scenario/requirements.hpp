#pragma once

// The registry of requirements: invariants I1-I12, features F1-F35 and the defects U1-U15 that upstream daemons have.
// Reports and tables are made from it; scenarios name its ids.

#include <span>
#include <string_view>

namespace nailbiter::scenario {

struct requirement {
  std::string_view id;
  std::string_view text;
};

/// All of them: I, F, U, each by number.
std::span<const requirement> requirements() noexcept;

/// Their ids in the same order.
std::span<const std::string_view> requirement_ids() noexcept;

/// nullptr when there is none with this id.
const requirement* find_requirement(std::string_view id) noexcept;

/// U1-U15, K1-K16 (races of related daemons) or "#" and an issue's number.
bool is_upstream_id(std::string_view id) noexcept;

}  // namespace nailbiter::scenario
