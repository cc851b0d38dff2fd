#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>

#include "harness/diagram/mermaid.hpp"
#include "harness/diagram/svg.hpp"
#include "harness/diagram/trace_events.hpp"
#include "tests/harness/diagram/sample_history_support.hpp"

namespace nailbiter::diagram {
namespace {

space_time sample() { return space_time_of(sample_history(), {12, 17}); }

std::size_t count_of(const std::string& text, const char* pattern) {
  const std::regex wanted(pattern);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), wanted), {}));
}

TEST(Svg, has_two_lines_a_session_and_one_group_an_item) {
  const auto svg = to_svg(sample());
  EXPECT_EQ(count_of(svg, "class=\"life "), 4u);
  EXPECT_EQ(count_of(svg, "<g class=\"item"), sample().items.size());
  EXPECT_EQ(count_of(svg, "class=\"item witness\""), 2u);
}

TEST(Svg, escapes_names_and_bytes) {
  const auto svg = to_svg(sample());
  EXPECT_EQ(svg.find("<both>"), svg.npos);
  EXPECT_NE(svg.find("cancel/&lt;both&gt;"), svg.npos);
  EXPECT_EQ(svg.find('\x01'), svg.npos);
}

TEST(Svg, stands_as_a_page_without_anything_from_outside) {
  const auto page = to_html(sample(), "a sentence & more");
  EXPECT_NE(page.find("a sentence &amp; more"), page.npos);
  EXPECT_EQ(count_of(page, "(src|href)=\"(?!#)"), 0u);
  EXPECT_EQ(count_of(page, "https?://(?!www\\.w3\\.org/2000/svg)"), 0u);
}

TEST(Svg, draws_a_history_without_sessions) { EXPECT_NE(to_svg(space_time{}).find("</svg>"), std::string::npos); }

TEST(Mermaid, has_two_participants_a_session_and_a_line_an_item) {
  const auto text = to_mermaid(sample());
  EXPECT_EQ(count_of(text, "participant [cr][01] as "), 4u);
  EXPECT_EQ(count_of(text, "\n +(c|r|harness|Note)[^\n]*: "), sample().items.size());
  EXPECT_EQ(count_of(text, "\n  rect "), 2u);
}

TEST(Mermaid, writes_what_would_end_a_statement_as_an_entity) {
  EXPECT_NE(to_mermaid(sample()).find("1 \"a#59;#35;#60;\\n\\x01\""), std::string::npos) << to_mermaid(sample());
}

using json = nlohmann::json;

json events_of(const space_time& drawn) { return json::parse(to_trace_events(drawn)).at("traceEvents"); }

TEST(Trace_events, end_every_slice_that_they_begin) {
  std::map<std::string, int> open;
  std::size_t slices = 0;
  for (const auto& event : events_of(sample())) {
    if (event.at("ph") == "b") ++slices, ++open[event.at("id")];
    if (event.at("ph") == "e") --open[event.at("id")];
  }
  EXPECT_EQ(slices, 4u) << "two connections and two runs";
  for (const auto& [id, count] : open) EXPECT_EQ(count, 0) << id;
}

TEST(Trace_events, flow_from_a_slice_to_a_later_slice) {
  const auto events = events_of(sample());
  const auto stands_on_a_slice = [&](const json& flow) {
    for (const auto& slice : events) {
      if (slice.at("ph") == "X" && slice.at("tid") == flow.at("tid") && slice.at("ts") == flow.at("ts")) return true;
    }
    return false;
  };
  std::map<int, double> begun;
  std::size_t ended = 0;
  for (const auto& event : events) {
    if (event.at("ph") != "s" && event.at("ph") != "f") continue;
    EXPECT_TRUE(stands_on_a_slice(event)) << event;
    if (event.at("ph") == "s") begun[event.at("id")] = event.at("ts");
    if (event.at("ph") != "f") continue;
    ++ended;
    EXPECT_LT(begun.at(event.at("id")), event.at("ts"));
  }
  EXPECT_EQ(ended, sample().links.size());
}

TEST(Trace_events, tell_items_at_one_virtual_time_apart) {
  auto observed = sample_history();
  for (auto& event : observed.events) event.time_ns = 0;
  double before = -1;
  for (const auto& event : events_of(space_time_of(observed, {}))) {
    if (event.at("ph") != "X") continue;
    EXPECT_GT(event.at("ts"), before);
    before = event.at("ts");
  }
}

TEST(Trace_events, stand_an_empty_history) { EXPECT_TRUE(events_of(space_time{}).is_array()); }

}  // namespace
}  // namespace nailbiter::diagram
