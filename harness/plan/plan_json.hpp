#pragma once

// The text form of a plan: JSON, stable key order, values that equal their defaults left out. Bytes are written with C
// escapes (c_escape.hpp), so that every byte string survives and a file can be read and edited by hand.

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "harness/plan/plan.hpp"

namespace nailbiter::plan {

std::string to_json(const plan& what);

/// Exactly the inverse of to_json(). The error names the key that is unknown, missing or of the wrong type.
tl::expected<plan, std::string> from_json(std::string_view text);

}  // namespace nailbiter::plan
