#pragma once

// Does a puppet know an op, and do what puppet.md says of it? One session an op; what comes after `X` is for cases.

#include <span>
#include <string>
#include <string_view>

#include "harness/history/event.hpp"
#include "harness/probe/question.hpp"

namespace nailbiter::probe {

/// The ops of a puppet that a profile may claim, in the order of puppet.md.
std::span<const std::string_view> askable_ops() noexcept;

/// `name` is one of askable_ops().
plan::plan ask_op(std::string_view name, const means& with);

/// Why the op does not work, in a few words: refused, wrong bytes, another exit code, no answer. Empty: it works.
std::string what_is_wrong_with(std::string_view name, const history::history& seen);

/// Each run wrote what its script says, and ended with its exit code.
bool does_as_told(const history::history& seen);

}  // namespace nailbiter::probe
