#include <algorithm>

#include <fmt/core.h>

#include "harness/diagram/svg.hpp"
#include "harness/plan/markup_escape.hpp"

namespace nailbiter::diagram {
namespace {

constexpr std::string_view style = R"css(
:root { --ground: #fff; --ink: #1b1f24; --faint: #6b7280; --rule: #d5d9e0; --client: #2f5fc4; --run: #8a5a00; --proof: #c62828; --proof-ground: #fdecec; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171c; --ink: #e4e7ec; --faint: #98a1ae; --rule: #353b45; --client: #82aaff; --run: #e0b060; --proof: #ff7b72; --proof-ground: #3a1d1d; }
}
.drawing { overflow: auto; max-height: 90vh; border: 1px solid var(--rule); border-radius: 6px; }
.space-time { display: block; background: var(--ground); font-family: ui-monospace, "DejaVu Sans Mono", Menlo, monospace; }
.space-time text { fill: var(--ink); paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.space-time .name { text-anchor: middle; font-weight: 700; }
.space-time .clock { text-anchor: end; fill: var(--faint); font-size: 10px; }
.space-time .end { text-anchor: end; }
.space-time .life { stroke-width: 2; opacity: .55; }
.space-time .client, .space-time .message { stroke: var(--client); }
.space-time .run { stroke: var(--run); }
.space-time .message { fill: none; stroke-width: 1.2; }
.space-time .cause { stroke: var(--run); stroke-width: 1; stroke-dasharray: 2 3; }
.space-time .world { stroke: var(--faint); stroke-dasharray: 6 4; }
.space-time circle { fill: var(--faint); }
.space-time .witness { scroll-margin: 10rem; }
.space-time .witness circle { fill: var(--proof); }
.space-time .proven { stroke: var(--proof); stroke-width: 2.4; }
.space-time .witness text:not(.clock) { fill: var(--proof); font-weight: 700; }
.space-time .proof { fill: none; stroke: var(--proof); stroke-width: 1.4; stroke-dasharray: 5 4; opacity: .8; }
.key a { color: var(--client); }
.key { color: var(--faint); max-width: 70em; }
)css";

constexpr std::string_view page_style = R"css(
body { margin: 1.2rem; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.15rem; overflow-wrap: anywhere; }
)css";

}  // namespace

std::string_view svg_style() noexcept { return style; }

std::string to_figure(const space_time& drawn, std::string_view id) {
  const bool proven = std::ranges::any_of(drawn.items, &item::witness);
  const auto to_proof = proven ? fmt::format("<p class=\"key\"><a href=\"#{}\">Go to the proof.</a></p>\n", id) : std::string();
  const auto left_out =
      drawn.events_left_out == 0 ? std::string() : fmt::format(" {} events far from the proof are left out.", drawn.events_left_out);
  return fmt::format(
      "{}<div class=\"drawing\" tabindex=\"0\" role=\"region\" aria-label=\"space-time diagram\">\n{}</div>\n"
      "<p class=\"key\">Time runs down in the order of observation. Each session has its client's line on the left and its run's line on "
      "the right; arrows are chunks and ends of the connection, dotted lines join the last run at a barrier to "
      "those that it lets go. The slope of an arrow means nothing where only one end was observed. Red, joined by dashes: the events that prove the failure.{}</p>\n",
      to_proof, to_svg(drawn, id), left_out);
}

std::string to_html(const space_time& drawn, std::string_view sentence) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{0}</title>\n<style>{1}{2}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<p>{3}</p>\n"
      "{4}</body>\n</html>\n",
      plan::markup_escaped(drawn.title), style, page_style, plan::markup_escaped(sentence), to_figure(drawn));
}

}  // namespace nailbiter::diagram
