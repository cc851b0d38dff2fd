#pragma once

// A recorded execution as a file: what replay needs, and enough names to be read by a person. Format version 2, little
// endian: magic "NBSC", version u32, seed u64, end_ns u64, strategy, source hash and build hash (u16 length + bytes; version 1
// has no build hash), strands
// (u32 count; session u32, u16 length + name), steps (u32 count; 8 bytes each), choices (u32 count; 2 bytes each),
// hash_of() them u64.

#include <string>

#include <tl/expected.hpp>

#include "harness/explore/trace.hpp"

namespace nailbiter::explore {

struct strand_entry {
  std::uint32_t session = 0;
  std::string name;

  friend bool operator==(const strand_entry&, const strand_entry&) = default;
};

struct schedule {
  std::uint64_t seed = 0;
  std::string strategy;
  std::string source_hash;  // of the code that ran; the caller's words, empty = unknown
  std::string build_hash;   // of its build, apart: equal sources replay each other's schedules; empty = unknown
  std::uint64_t end_ns = 0;
  std::vector<strand_entry> strands;  // by strand id; [0] is the clock
  std::vector<trace_step> steps;
  std::vector<data_choice> choices;

  friend bool operator==(const schedule&, const schedule&) = default;
};

enum class schedule_error : std::uint8_t {
  not_a_schedule,
  unknown_version,
  cut_short,  // ends before its own counts say
  too_large,  // a count or a text over its limit
  bad_step,   // an index, kind or strand that cannot be
  corrupt,    // the hash does not match
  trailing_bytes,
};

const char* describe(schedule_error error) noexcept;

constexpr std::uint32_t schedule_version = 2;
constexpr std::size_t schedule_steps_max = 16u << 20;
constexpr std::size_t schedule_text_bytes_max = 256;

schedule make_schedule(const trace& ran, std::uint64_t seed, std::string strategy, std::string source_hash, std::string build_hash = {});

/// Texts are cut at schedule_text_bytes_max.
std::string to_binary(const schedule& what);

tl::expected<schedule, schedule_error> parse_schedule(std::string_view bytes);

/// The words of part_of() and of a kind of step.
std::string part_name(std::uint8_t part);
const char* name_of(naild::task::step_kind kind) noexcept;

/// One line a step: number, session and name of the strand, kind, resource, index chosen of how many.
std::string render(const schedule& what);
/// One line without number and newline.
std::string render_step(const trace_step& step, const std::vector<strand_entry>& strands);

}  // namespace nailbiter::explore
