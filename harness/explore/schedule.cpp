#include "harness/explore/schedule.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/core.h>

namespace nailbiter::explore {
namespace {

using naild::task::session_part;
using naild::task::step_kind;

constexpr std::array<const char*, 10> kind_names{"spawn", "post",    "read",   "write",   "wake",
                                                 "timer", "deliver", "accept", "connect", "clock"};
constexpr std::array<const char*, 8> part_names{"state",    "output_queue", "stdin_pipe", "wire_in",
                                                "wire_out", "timer",        "control",    "hop"};
static_assert(static_cast<std::size_t>(step_kind::clock) + 1 == kind_names.size());
static_assert(static_cast<std::size_t>(session_part::hop) + 1 == part_names.size());

}  // namespace

std::string part_name(std::uint8_t part) {
  if (part == 0) return "private";
  if (part == naild::task::session_table_resource) return "session_table";
  if (part == naild::task::clock_resource) return "clock";
  if (part == naild::task::thread_pool_resource) return "thread_pool";
  const auto of_session = static_cast<std::uint8_t>(part - 0x80u);
  if (of_session < part_names.size()) return part_names[of_session];
  return fmt::format("resource {}", part);
}

const char* name_of(step_kind kind) noexcept { return kind_names.at(static_cast<std::size_t>(kind)); }

const char* describe(schedule_error error) noexcept {
  switch (error) {
    case schedule_error::not_a_schedule:
      return "not a schedule file";
    case schedule_error::unknown_version:
      return "a schedule of a format version that this build does not know";
    case schedule_error::cut_short:
      return "the schedule file is cut short";
    case schedule_error::too_large:
      return "a count or a text in the schedule is over its limit";
    case schedule_error::bad_step:
      return "the schedule contains an impossible step";
    case schedule_error::corrupt:
      return "the schedule's hash does not match its steps";
    case schedule_error::trailing_bytes:
      return "bytes follow the end of the schedule";
  }
  return "unknown error";
}

schedule make_schedule(const trace& ran, std::uint64_t seed, std::string strategy, std::string source_hash, std::string build_hash) {
  schedule made;
  made.seed = seed;
  made.strategy = std::move(strategy);
  made.source_hash = std::move(source_hash);
  made.build_hash = std::move(build_hash);
  made.end_ns = ran.end_ns;
  for (const strand_tag& tag : ran.strands)
    made.strands.push_back({.session = tag.session, .name = std::string(tag.name)});
  made.steps = ran.steps;
  made.choices = ran.choices;
  return made;
}

std::string render_step(const trace_step& step, const std::vector<strand_entry>& strands) {
  static const strand_entry unknown{.session = 0, .name = "?"};
  const strand_entry& whose = step.strand < strands.size() ? strands[step.strand] : unknown;
  return fmt::format("s{} {}#{} {} {} {}/{}", whose.session, whose.name, step.strand,
                     name_of(step.kind), part_name(step.part), step.chosen, step.ready);
}

std::string render(const schedule& what) {
  std::string text =
      fmt::format("schedule version {} strategy {} seed {} source {} build {} steps {} choices {} end {} ns\n", schedule_version,
                  what.strategy, what.seed, what.source_hash.empty() ? "unknown" : what.source_hash,
                  what.build_hash.empty() ? "unknown" : what.build_hash, what.steps.size(),
                  what.choices.size(), what.end_ns);
  std::size_t number = 0;
  for (const trace_step& step : what.steps) {
    fmt::format_to(std::back_inserter(text), "{:6} {}\n", number++, render_step(step, what.strands));
  }
  return text;
}

}  // namespace nailbiter::explore
