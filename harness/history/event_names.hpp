#pragma once

// Event kinds by name: the other direction of name_of().

#include <optional>
#include <string_view>

#include "harness/history/event.hpp"

namespace nailbiter::history {

/// nullopt for a name that no event has.
std::optional<event_kind> kind_named(std::string_view name) noexcept;

}  // namespace nailbiter::history
