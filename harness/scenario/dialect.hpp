#pragma once

// Where real daemons differ: the axes of the protocol that a profile may set, with the values each may have. What a
// profile does not say has naild's value.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nailbiter::scenario {

struct dialect_axis {
  std::string_view name;
  std::vector<std::string_view> values;  // naild's first
  std::string_view text;
};

const std::vector<dialect_axis>& dialect_axes();

/// nullptr when there is no such axis.
const dialect_axis* find_dialect_axis(std::string_view name);

/// Axis -> value; every axis is in it.
using dialect = std::map<std::string, std::string, std::less<>>;

dialect naild_dialect();

}  // namespace nailbiter::scenario
