#pragma once

// The style sheet and the script of the HTML report. Without the script everything is shown and nothing is filtered.

#include <string_view>

namespace nailbiter::report {

std::string_view html_style() noexcept;
std::string_view html_script() noexcept;

}  // namespace nailbiter::report
