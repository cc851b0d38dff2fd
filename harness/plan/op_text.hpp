#pragma once

// The text form of one client op, as scenario files write it. to_string() (plan.hpp) is the other direction.

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "harness/plan/plan.hpp"

namespace nailbiter::plan {

/// "until at T", "send TEXT", "half-close", ... The error is a sentence that names the nearest op where there is one.
tl::expected<op, std::string> parse_op(std::string_view text);

}  // namespace nailbiter::plan
