#pragma once

// What one execution did: the steps in the order in which they ran and the decisions about data. Holds no pointer, no
// time of the machine and nothing that differs between two builds.

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/explore/strategy.hpp"

namespace nailbiter::explore {

/// Eight bytes a step.
struct trace_step {
  strand_id strand = 0;
  std::uint16_t chosen = 0;  // index among the runnable steps
  std::uint16_t ready = 0;   // how many there were
  naild::task::step_kind kind{};
  std::uint8_t part = 0;  // part_of() the resource

  friend bool operator==(const trace_step&, const trace_step&) = default;
};
static_assert(sizeof(trace_step) == 8);

struct data_choice {
  std::uint8_t value = 0;
  std::uint8_t bound = 0;

  friend bool operator==(const data_choice&, const data_choice&) = default;
};

/// Whose steps a strand's are; `name` has static storage.
struct strand_tag {
  std::uint32_t session = 0;
  std::string_view name;
};

struct trace {
  std::vector<trace_step> steps;
  std::vector<data_choice> choices;
  std::vector<strand_tag> strands;  // by strand id; [0] is the clock
  std::uint64_t end_ns = 0;         // virtual time after the last step
};

/// A resource without its session: 0 = private, below 0x80 a resource of no session, else 0x80 + session_part.
constexpr std::uint8_t part_of(naild::task::resource_id resource) noexcept {
  return static_cast<std::uint8_t>(resource < 0x100u ? resource & 0x7fu : 0x80u | (resource & 0xfu));
}

/// FNV-1a 64 over steps, choices and end time; the same on every machine and build.
std::uint64_t hash_of(std::span<const trace_step> steps, std::span<const data_choice> choices, std::uint64_t end_ns);
inline std::uint64_t hash_of(const trace& what) { return hash_of(what.steps, what.choices, what.end_ns); }

}  // namespace nailbiter::explore
