#pragma once

// The transition table of a session, read from its text (tests/reference/session/transition_table.golden.txt). Shares the
// names of inputs, states and reactions with the daemon, and not its table.

#include <array>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "reference/session/transition_table.hpp"

namespace fuzz {

class session_table {
 public:
  /// Every input has its row, every row a cell a state; else what is wrong.
  static tl::expected<session_table, std::string> parse(std::string_view text);

  const naild::session::cell& at(naild::session::input what, naild::session::state from) const noexcept {
    return cells_[static_cast<std::size_t>(what)][static_cast<std::size_t>(from)];
  }

  /// The same with one cell changed.
  session_table with(naild::session::input what, naild::session::state from, naild::session::cell changed) const noexcept {
    session_table made = *this;
    made.cells_[static_cast<std::size_t>(what)][static_cast<std::size_t>(from)] = changed;
    return made;
  }

  friend bool operator==(const session_table& left, const session_table& right) noexcept {
    for (std::size_t what = 0; what < naild::session::input_count; ++what) {
      for (std::size_t from = 0; from < naild::session::state_count; ++from) {
        const auto &one = left.cells_[what][from], &other = right.cells_[what][from];
        if (one.what != other.what || one.next != other.next) return false;
      }
    }
    return true;
  }

 private:
  std::array<std::array<naild::session::cell, naild::session::state_count>, naild::session::input_count> cells_{};
};

}  // namespace fuzz
