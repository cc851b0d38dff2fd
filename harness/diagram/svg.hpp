#pragma once

// The drawing as SVG, to stand in an HTML page: a session's client line and run line, messages as arrows between them,
// witness events marked and joined. Colours come from the page's custom properties (svg_style()).

#include <string>
#include <string_view>

#include "harness/diagram/space_time.hpp"

namespace nailbiter::diagram {

/// One <svg> element; no script, no reference to anything outside. `id`: the HTML id of the first witness item.
std::string to_svg(const space_time& drawn, std::string_view id = "proof");

/// The same in a box that scrolls, with its key below.
std::string to_figure(const space_time& drawn, std::string_view id = "proof");

/// The style sheet that they need, for light and dark.
std::string_view svg_style() noexcept;

/// A page of its own with the drawing, its key and `sentence`.
std::string to_html(const space_time& drawn, std::string_view sentence);

}  // namespace nailbiter::diagram
