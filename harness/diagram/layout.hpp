#pragma once

// Where a drawing's items stand, in pixels. Time runs downwards; distances follow the order of observation, not the clock.

#include <cstdint>
#include <vector>

#include "harness/diagram/space_time.hpp"

namespace nailbiter::diagram {

struct layout {
  int column_width = 0;
  int width = 0;
  int height = 0;
  int font_px = 0;
  std::size_t label_bytes_max = 0;   // what fits into a column
  std::vector<int> y{};              // of each item, never decreasing
  std::vector<int> headings{};       // where the sessions' names stand: at the top, and again in long drawings

  int client_x(std::uint32_t session) const noexcept { return left + static_cast<int>(session) * column_width + inset; }
  int run_x(std::uint32_t session) const noexcept { return left + static_cast<int>(session + 1) * column_width - inset; }

  static constexpr int left = 74;    // the clock's column
  static constexpr int top = 34;
  int inset = 0;
};

/// More sessions make narrower columns and shorter labels.
layout lay_out(const space_time& drawn);

}  // namespace nailbiter::diagram
