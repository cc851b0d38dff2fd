#pragma once

// The text form of a history: what history.txt in a failure's folder and the golden histories of the tests hold.
//
//     nailbiter history 1
//     plan {"case_id":...}                                the plan's JSON on one line
//     1500 0 received_chunk 1 0 "hello\n"                 time in ns, actor, kind, chunk type, number, text with C
//     escapes 1700 - quiescent - 0 ""                             `-`: the world; no type end 2 how many events;
//     without it the file was cut
//
// Lines that start with `#` and empty lines are skipped. Reading is bounded: a file is other people's bytes.

#include <cstddef>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "harness/history/event.hpp"

namespace nailbiter::history {

enum class text_error : std::uint8_t {
  not_a_history,  // the first line is another
  bad_plan,       // no plan line, or JSON that is no plan
  bad_event,      // a field is missing, too many, or out of range
  unknown_kind,
  bad_text,  // the quoted text does not end or has an unknown escape
  too_long,  // a line or the number of events is over a limit
  cut,       // no `end` line, or it counts other events
};

const char* describe(text_error error) noexcept;

/// Where reading stopped. Lines count from 1; `detail` is empty where the kind says all.
struct text_failure {
  text_error error{};
  std::size_t line = 0;
  std::string detail{};

  friend bool operator==(const text_failure&, const text_failure&) = default;
};

/// "line 7: unknown kind of event: recieved_chunk".
std::string to_string(const text_failure& failure);

struct text_limits {
  std::size_t events_max = 4u << 20;
  std::size_t line_bytes_max = 16u << 20;
};

std::string to_text(const history& observed);

/// One event's line, without the newline.
std::string to_text(const event& what);

tl::expected<history, text_failure> from_text(std::string_view text, const text_limits& limits = {});

}  // namespace nailbiter::history
