#pragma once

// A file of known failures of one target: which cases fail there, by which checker and why. Knows nothing of verdicts;
// checker and reason are the fixed texts of harness/check.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/scenario/document.hpp"

namespace nailbiter::scenario {

/// A case that fails less often than `low` or more often than `high` of its runs is not the known failure.
struct failure_rate {
  double low = 1.0;
  double high = 1.0;

  friend bool operator==(const failure_rate&, const failure_rate&) = default;
};

/// One `[[known]]`.
struct known_failure {
  std::string pattern{};  // key case: see matches_case (glob.hpp)
  std::string checker{};
  std::string reason{};  // must be the verdict's
  std::string evidence{};
  std::optional<failure_rate> rate{};  // unset: it always fails
  std::uint32_t line = 0;

  friend bool operator==(const known_failure&, const known_failure&) = default;
};

tl::expected<std::vector<known_failure>, std::vector<load_error>> parse_known_failures(std::string_view text,
                                                                                       const std::string& file);
tl::expected<std::vector<known_failure>, std::vector<load_error>> read_known_failures(const std::string& file);

/// The first entry whose pattern names the case; nullptr = none. Whether it fails as known is for the caller to see.
const known_failure* find_known(const std::vector<known_failure>& all, std::string_view case_id) noexcept;

/// The first entry whose pattern names the case and whose checker and reason are these.
const known_failure* find_known(const std::vector<known_failure>& all, std::string_view case_id,
                                std::string_view checker, std::string_view reason) noexcept;

}  // namespace nailbiter::scenario
