#include "harness/diagram/layout.hpp"

#include <algorithm>

namespace nailbiter::diagram {
namespace {

constexpr int world_height = 26;
constexpr int heading_every = 900;
constexpr int heading_height = 30;

void choose_width(layout& made, std::size_t sessions) {
  const bool few = sessions <= 6;
  const bool some = sessions <= 16;
  made.column_width = few ? 236 : some ? 150 : 96;
  made.font_px = few ? 12 : some ? 11 : 10;
  made.inset = few ? 22 : some ? 14 : 10;
  // A monospaced glyph is about 0.6 em wide; the label stands between the session's two lines.
  const int room = made.column_width - 2 * made.inset - 6;
  made.label_bytes_max = static_cast<std::size_t>(room * 10 / (made.font_px * 6));
}

/// Two items of one session never touch; two of different sessions only have to differ.
struct cursor {
  int now = layout::top;
  std::vector<int> used;
};

}  // namespace

layout lay_out(const space_time& drawn) {
  layout made;
  choose_width(made, drawn.sessions.size());
  made.width = layout::left + made.column_width * static_cast<int>(std::max<std::size_t>(drawn.sessions.size(), 1)) + 8;
  made.headings.push_back(16);
  const int line = made.font_px + (drawn.sessions.size() <= 16 ? 12 : 7);
  cursor at{.used = std::vector<int>(drawn.sessions.size(), layout::top)};
  for (const item& one : drawn.items) {
    if (one.what == shape::world) {
      at.now = std::max(at.now, *std::ranges::max_element(at.used.begin(), at.used.end())) + world_height;
      std::ranges::fill(at.used, at.now);
    } else {
      const int step = drawn.sessions.size() <= 6 ? 10 : 5;
      at.now = std::max(at.now + step, at.used[one.session] + line);
      at.used[one.session] = at.now;
    }
    if (at.now - made.headings.back() > heading_every) {
      at.now = *std::ranges::max_element(at.used) + heading_height;
      made.headings.push_back(at.now);
      at.now += heading_height;
      std::ranges::fill(at.used, at.now);
      if (one.what == shape::world) at.now += world_height;
    }
    made.y.push_back(at.now);
  }
  made.height = at.now + 30;
  return made;
}

}  // namespace nailbiter::diagram
