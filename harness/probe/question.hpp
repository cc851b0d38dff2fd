#pragma once

// A question of a probe: short sessions and how their answers are read. Plans are data, so the same actors play them as
// play cases; a question knows no target beyond how a run is made to do something.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/probe/answer.hpp"

namespace nailbiter::probe {

/// How a run is made to do something: by the target's own puppet, or by the executable puppet as a program.
enum class vehicle : std::uint8_t { none, puppet, program };

struct means {
  vehicle by = vehicle::none;
  std::vector<std::string> argv{};  // what stands before the script: C and the first arguments
};

enum class price : std::uint8_t { short_one, long_one };  // long: it waits for a time-out of the daemon

struct question {
  std::string_view axis;  // of the dialect (dialect.hpp)
  bool needs_run = true;  // a means of making runs do something
  price costs = price::short_one;
  plan::plan (*ask)(const means& with) = nullptr;
  /// The value of the axis, or several with '|' between them where they look alike; a text that is none of its values
  /// where the daemon does something else; empty: it cannot be told.
  std::string (*read)(const answer& given) = nullptr;
};

/// Every axis is asked by one of them.
std::span<const question> header_questions() noexcept;
std::span<const question> stdin_questions() noexcept;
std::span<const question> ending_questions() noexcept;

/// One session with a script that does `script` by these means.
plan::client scripted(const means& with, std::vector<std::string> script, std::vector<std::string_view> ops = {});

/// One session that sends no header but what its ops say.
plan::client unscripted(std::vector<std::string_view> ops);

plan::plan plan_of(std::string_view name, std::vector<plan::client> clients);

/// One op as scenario files write it. Asserts that it is one.
plan::op op_of(std::string_view text);

/// A command that no daemon has.
inline constexpr std::string_view unknown_command = "nailbiter-no-such-command";

}  // namespace nailbiter::probe
