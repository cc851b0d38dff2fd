#pragma once

// What a campaign gave, reduced to what reports say of it. Holds no histories: a campaign of 10^5 cases stays small.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/check/verdict.hpp"
#include "harness/report/coverage.hpp"
#include "harness/target/case_result.hpp"

namespace nailbiter::report {

/// How a case's verdict compares with the known-failures file of the target.
enum class standing : std::uint8_t {
  ordinary,            // no entry names it
  known,               // fails as its entry says
  unexpected_pass,     // an entry says that it fails, and it passed
  fails_differently,   // an entry says how it fails, and it failed in another way
  fails_too_often,     // of the runs of this case more fail than its entry's rate allows
};

const char* describe(standing what) noexcept;

struct case_record {
  std::string id;                       // with its axes
  check::verdict summary;
  std::string title{};                  // its scenario's; of cases that did not pass
  std::vector<std::string> upstream{};  // what the scenario is about in daemons that exist: "#11641", "K13"; of cases that did not pass
  standing against_known = standing::ordinary;
  bool leak = false;                    // a verdict says that one session reached another
  std::vector<std::string> requires_ids{};  // of a case that did not pass
  std::string evidence{};               // of a known failure: what its entry says
  std::string witness{};                // the events that prove a failure, one line each
  std::string replay{};                 // one copy-paste line; empty when nothing failed
  std::uint64_t duration_ns = 0;
};

struct counts {
  std::size_t cases = 0;
  std::size_t pass = 0;
  std::size_t fail = 0;                 // known failures are counted in `known` and not here
  std::size_t unknown = 0;
  std::size_t not_exercised = 0;
  std::size_t known = 0;
  std::size_t unexpected_pass = 0;      // counted in `pass` too

  friend bool operator==(const counts&, const counts&) = default;
};

struct campaign {
  std::string target;                   // one name for reports: naild, a profile's name, an address
  std::uint64_t seed = 0;
  std::string begun{};                  // "2026-01-31 12:00:00 UTC"; empty: not known
  std::string command_line{};           // as a shell takes it; empty: not known
  std::vector<case_record> cases{};     // in the order in which they are reported
  std::uint64_t duration_ns = 0;
  coverage musts{};                     // of the whole suite, whatever was selected; empty: not known
  std::string stopped{};                // why cases are missing at its end: there is no daemon; empty: none is
  bool interrupted = false;             // Ctrl+C: `cases` holds what was done before it
};

/// What reports keep of one run of one case.
case_record record_of(const target::case_result& result);

counts tally(const std::vector<case_record>& cases);
inline counts tally(const campaign& all) { return tally(all.cases); }

/// "not-exercised" and so on: the words of report.json.
const char* name_of(check::outcome result) noexcept;

/// The part of an id before its first '/', and what follows it. "cancel/full[leave=close]" -> "cancel", "full[leave=close]".
std::string_view family_of(std::string_view id) noexcept;
std::string_view rest_of(std::string_view id) noexcept;

}  // namespace nailbiter::report
