#include "harness/diagram/svg.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/core.h>

#include "harness/diagram/layout.hpp"
#include "harness/plan/markup_escape.hpp"

namespace nailbiter::diagram {
namespace {

constexpr int slope = 5;             // of an arrow whose other end nobody observed
constexpr int clock_gap_min = 13;    // between two times in the clock's column

class drawing {
 public:
  drawing(const space_time& what, std::string_view id)
      : what_(what), id_(id), at_(lay_out(what)), cause_(what.items.size(), none), effect_(what.items.size(), none) {
    for (const link& one : what.links) {
      cause_[one.to] = one.from;
      if (what.items[one.from].session == what.items[one.to].session) effect_[one.from] = one.to;
    }
  }

  std::string written() {
    fmt::format_to(out(), "<svg class=\"space-time\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
                          "viewBox=\"0 0 {0} {1}\" font-size=\"{2}\" role=\"img\" aria-label=\"space-time diagram of {3}: {4} sessions, {5} items\">\n",
                   at_.width, at_.height, at_.font_px, plan::markup_escaped(what_.title), what_.sessions.size(), what_.items.size());
    lines();
    headings();
    witness_path();
    for (std::size_t i = 0; i < what_.items.size(); ++i) arrows(i);
    for (std::size_t i = 0; i < what_.items.size(); ++i) draw(i);   // after all lines, so that none strikes a text out
    text_ += "</svg>\n";
    return std::move(text_);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  void lines() {
    for (std::uint32_t session = 0; session < what_.sessions.size(); ++session) {
      for (const auto& [x, name] : {std::pair{at_.client_x(session), "client"}, std::pair{at_.run_x(session), "run"}}) {
        fmt::format_to(out(), "<line class=\"life {}\" x1=\"{}\" y1=\"24\" x2=\"{}\" y2=\"{}\"/>\n", name, x, x, at_.height - 8);
      }
    }
  }

  void headings() {
    for (const int y : at_.headings) {
      fmt::format_to(out(), "<text class=\"clock\" x=\"{}\" y=\"{}\">ms</text>\n", layout::left - 12, y);
      for (std::uint32_t session = 0; session < what_.sessions.size(); ++session) {
        fmt::format_to(out(), "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>\n", (at_.client_x(session) + at_.run_x(session)) / 2, y,
                       cut(what_.sessions[session]));
      }
    }
  }

  int x_of(const item& one) const {
    if (one.what == shape::world) return layout::left;
    return one.what == shape::report || one.what == shape::order ? at_.run_x(one.session) : at_.client_x(one.session);
  }

  /// Joins the witness's events in their order, so that the eye finds them.
  void witness_path() {
    std::string points;
    std::size_t count = 0;
    for (std::size_t i = 0; i < what_.items.size(); ++i) {
      if (!what_.items[i].witness || what_.items[i].what == shape::world) continue;
      fmt::format_to(std::back_inserter(points), "{},{} ", x_of(what_.items[i]), at_.y[i]);
      ++count;
    }
    if (count > 1) fmt::format_to(out(), "<polyline class=\"proof\" points=\"{}\"/>\n", points);
  }

  std::string cut(std::string_view label) const {
    if (label.size() <= at_.label_bytes_max) return plan::markup_escaped(label);
    return plan::markup_escaped(label.substr(0, at_.label_bytes_max - 1)) + "&#8230;";
  }

  void arrows(std::size_t i) {
    const item& one = what_.items[i];
    const int y = at_.y[i];
    const bool from_run = cause_[i] != none && what_.items[cause_[i]].what == shape::report;
    if (one.what == shape::sent) arrow(one, at_.client_x(one.session), y, at_.run_x(one.session) - 4, effect_[i] == none ? y + slope : at_.y[effect_[i]]);
    if (one.what == shape::received) arrow(one, at_.run_x(one.session), from_run ? at_.y[cause_[i]] : y - slope, at_.client_x(one.session) + 4, y);
    if (one.what == shape::order && cause_[i] != none) cause(cause_[i], i);
  }

  void draw(std::size_t i) {
    const item& one = what_.items[i];
    const auto label = one.count == 1 ? one.label : fmt::format("{}x {}", one.count, one.label);
    const auto owner = one.what == shape::world ? std::string_view("world") : std::string_view(what_.sessions[one.session]);
    const bool first_proof = one.witness && !std::exchange(proof_shown_, true);
    fmt::format_to(out(), "<g class=\"item{}\"{}><title>event {}, {:.3f} ms, {}: {}</title>", one.witness ? " witness" : "",
                   first_proof ? fmt::format(" id=\"{}\"", id_) : "", one.event, milliseconds(one), plan::markup_escaped(owner),
                   plan::markup_escaped(label));
    if (at_.y[i] - last_clock_y_ >= clock_gap_min) {
      fmt::format_to(out(), "<text class=\"clock\" x=\"{}\" y=\"{}\">{:.3f}</text>", layout::left - 12, at_.y[i] + 4, milliseconds(one));
      last_clock_y_ = at_.y[i];
    }
    if (one.what == shape::world) {
      world(at_.y[i], label);
    } else {
      mark(one, at_.y[i], label);
    }
    text_ += "</g>\n";
  }

  void world(int y, const std::string& label) {
    fmt::format_to(out(), "<line class=\"world\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/><text x=\"{}\" y=\"{}\">{}</text>", layout::left, y,
                   at_.width - 8, y, layout::left + 4, y - 4, plan::markup_escaped(label));
  }

  void mark(const item& one, int y, const std::string& label) {
    const bool at_run = one.what == shape::report || one.what == shape::order;
    fmt::format_to(out(), "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/><text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>", x_of(one), y,
                   one.witness ? 5 : 3, at_run ? "end" : "start", at_run ? x_of(one) - 8 : x_of(one) + 8, y - 4, cut(label));
  }

  void arrow(const item& of, int x1, int y1, int x2, int y2) {
    const int barb = x2 < x1 ? 6 : -6;
    fmt::format_to(out(), "<path class=\"message{}\" d=\"M{} {}L{} {}m{} -3l{} 3l{} 3\"/>\n", of.witness ? " proven" : "", x1, y1, x2, y2, barb,
                   -barb, barb);
  }

  void cause(std::size_t from, std::size_t to) {
    fmt::format_to(out(), "<path class=\"cause\" d=\"M{} {}L{} {}\"/>\n", x_of(what_.items[from]), at_.y[from], x_of(what_.items[to]), at_.y[to]);
  }

  static double milliseconds(const item& one) noexcept { return static_cast<double>(one.time_ns) / 1e6; }

  const space_time& what_;
  std::string_view id_;             // of the first witness item
  layout at_;
  std::vector<std::size_t> cause_;  // of each item, or none
  std::vector<std::size_t> effect_; // in the same session, or none
  std::string text_;
  int last_clock_y_ = -clock_gap_min;
  bool proof_shown_ = false;
};

}  // namespace

std::string to_svg(const space_time& drawn, std::string_view id) { return drawing(drawn, id).written(); }

}  // namespace nailbiter::diagram
