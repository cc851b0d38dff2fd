#pragma once

// What a checker says about one history, and the list of all checkers.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/history/event.hpp"

namespace nailbiter::check {

enum class outcome : std::uint8_t { pass, fail, unknown, not_exercised };

/// Texts that reports, known-failure files and users match on; one list, never reworded.
enum class reason : std::uint8_t {
  none,
  chunk_after_exit,        // "chunk after X"
  no_exit,                 // "no exit"
  two_exits,               // "two exits"
  no_run,                  // "exit without a run"
  exit_code_lost,          // "exit code lost"
  wrong_exit_code,         // "wrong exit code"
  output_lost,             // "output lost before exit"
  output_reordered,        // "output out of order"
  unexpected_output,       // "unexpected output"
  foreign_bytes,           // "foreign bytes"
  bad_framing,             // "bad framing"
  stdin_grant_misplaced,   // "stdin granted after exit" and the like
  not_overlapping,         // "runs do not overlap"
  not_cancelled,           // "not cancelled in time"
  cancelled_for_another,   // "cancelled without cause"
  error_without_reason,    // "error without a reason on stderr"
  connection_left_open,    // "connection left open"
  daemon_ended,            // "daemon ended"
  daemon_goes_on,          // "daemon does not stop"
  runs_left,               // "stopped before its runs had ended"
  resources_grow,          // "resources grow"
  data_race,               // "data race"         (told by a sanitizer in the daemon)
  memory_error,            // "memory error"
  noise_in_log,            // "noise in the daemon's log"
  deadline,                // "deadline passed"   (unknown, not fail)
};

const char* describe(reason why) noexcept;

struct verdict {
  outcome result = outcome::not_exercised;
  std::string checker{};
  reason why = reason::none;
  std::string detail{};                       // one sentence with the bytes or numbers that prove it
  std::vector<std::size_t> witness{};         // indices into history.events

  friend bool operator==(const verdict&, const verdict&) = default;
};

/// Is it evidence of one session's data or fate reaching another (exit code 3), or plain nonconformance (1)?
bool is_leak(reason why) noexcept;

/// One family of invariants. Pure: sees the history only.
struct checker {
  const char* name;
  verdict (*judge)(const history::history& observed);
};

/// Every checker, in report order. Each returns not_exercised where the history gives it nothing to judge.
std::span<const checker> all_checkers() noexcept;

/// All verdicts of those that run for every case plus those the plan names.
std::vector<verdict> judge(const history::history& observed);

/// The case's: the first leak, else the first fail, else the first unknown, else pass if any passed, else not_exercised.
verdict summary(const std::vector<verdict>& all);

}  // namespace nailbiter::check
