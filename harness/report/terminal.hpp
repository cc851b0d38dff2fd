#pragma once

// What a stream of this process can show. Knows nothing of what is shown.

#include <cstdint>
#include <cstdio>

namespace nailbiter::report {

enum class watched : std::uint8_t { no, yes };

/// Is `stream` a terminal that understands control sequences?
watched is_terminal(std::FILE* stream) noexcept;

enum class colour : std::uint8_t { off, on };

/// On where is_terminal(), unless the user has set NO_COLOR to anything (no-color.org).
colour colour_for(std::FILE* stream) noexcept;

}  // namespace nailbiter::report
