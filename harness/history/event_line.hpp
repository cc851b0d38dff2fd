#pragma once

// One event as one line of a history's text form. Layout and limits: history_text.hpp.

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "harness/history/event.hpp"
#include "harness/history/history_text.hpp"

namespace nailbiter::history {

void append_line(std::string& out, const event& what);

/// The failure's line number is zero: only the reader of the whole knows it.
tl::expected<event, text_failure> parse_line(std::string_view line);

}  // namespace nailbiter::history
