#pragma once

// The liar probe: what no daemon can do must be refused, and what every daemon can do must be done. One that says `X` 0
// to all of it makes every verdict about it worthless.

#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/probe/question.hpp"

namespace nailbiter::probe {

/// Plays a plan against the target. The error says why it cannot be played, or why the daemon does not start.
using play = std::function<tl::expected<history::history, std::string>(const plan::plan& what)>;

struct lie {
  std::string asked;
  std::string owed;
  std::string answered;  // as words: "X 0", "no answer"
  bool is_told = false;  // `X` 0 for what was not done; false: it was answered honestly, though perhaps otherwise than owed
};

struct lie_check {
  std::vector<lie> questions;  // all that were asked
  std::string refused_op{};    // how an impossible op was answered; empty: not asked

  bool is_liar() const noexcept;
};

/// Over this transport. What cannot be played is not asked.
lie_check check_for_lies(const means& with, const std::string& transport, const play& session);

/// One line a lie.
std::string to_string(const lie& one);

}  // namespace nailbiter::probe
