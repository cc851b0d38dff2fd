#pragma once

// The one table of client ops: their words and what follows them. Names, parser and documentation come from it.

#include <span>
#include <string_view>

#include "harness/plan/plan.hpp"

namespace nailbiter::plan {

enum class operand : std::uint8_t {
  none,
  word,    // op.text, not empty
  bytes,   // op.text, C escapes in the text form
  number,  // op.number
};

struct op_row {
  op_kind kind;
  std::string_view words;
  operand takes;
};

/// In the order of op_kind.
std::span<const op_row> op_table() noexcept;

}  // namespace nailbiter::plan
