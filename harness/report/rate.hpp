#pragma once

// How often something fails, and what so many runs allow to say of it: the one place of the harness that knows
// statistics. Knows no case and no target; runs are taken as independent and alike.

#include <cstdint>
#include <optional>
#include <string>

namespace nailbiter::report {

constexpr double usual_confidence = 0.95;

struct rate {
  std::uint64_t failures = 0;  // at most runs
  std::uint64_t runs = 0;

  friend bool operator==(const rate&, const rate&) = default;
};

struct interval {
  double low = 0;
  double high = 1;
};

/// Wilson's score interval, two-sided; [0, 1] without runs.
interval wilson(const rate& seen, double confidence = usual_confidence);

/// Above this share of failures so many clean runs would be a surprise: 1 - (1 - confidence)^(1/runs), about 3/runs at
/// 95 %. 1 without runs.
double failing_at_most(std::uint64_t clean_runs, double confidence = usual_confidence);

/// Clean runs after which a failure of this share would have shown with this confidence; nullopt for a share of 0 (no
/// number of runs would do).
std::optional<std::uint64_t> clean_runs_for(double share, double confidence = usual_confidence);

/// "37 of 100 (37.0 %; 28.2 % to 46.8 % with 95 % confidence)"; without runs "0 of 0".
std::string to_string(const rate& seen);

/// What may be said of runs without a failure, and no more: "fewer than 1 in 333 fail, with 95 % confidence". Empty
/// without runs.
std::string said_of_clean(std::uint64_t runs);

}  // namespace nailbiter::report
