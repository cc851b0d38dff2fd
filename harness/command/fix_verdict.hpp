#pragma once

// What runs of a failure's plan say of its fix: the rates before and after, and no more than they allow.

#include <cstdint>
#include <optional>
#include <string>

#include "harness/command/measurement.hpp"
#include "harness/report/rate_json.hpp"

namespace nailbiter::command {

enum class fix_state : std::uint8_t {
  gone,         // as often as before it does not fail any more, with the usual confidence
  not_enough,   // clean, but by too few runs, or with no rate to hold them against
  fails,        // as before
  differently,  // it does not fail as before, but in another way
};

struct fix_verdict {
  fix_state state{};
  std::uint64_t runs_missing = 0;  // clean ones; 0 where their number says nothing
  std::string text;                // lines
};

/// `before` unset or without a failure: no rate is known.
fix_verdict judge_fix(const std::optional<report::seen_rate>& before, const measurement& after, const std::string& where);

/// Clean runs that would exclude the rate of before; nullopt if no rate is known.
std::optional<std::uint64_t> runs_needed(const std::optional<report::seen_rate>& before);

}  // namespace nailbiter::command
