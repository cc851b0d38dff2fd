#include "harness/report/rate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace nailbiter::report {
namespace {

/// The z with P(-z < Z < z) = confidence, by bisection: exact enough, and no table to mistype.
double quantile_of(double confidence) {
  double low = 0;
  double high = 10;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (std::erf(middle / std::sqrt(2.0)) < confidence ? low : high) = middle;
  }
  return low;
}

}  // namespace

interval wilson(const rate& seen, double confidence) {
  if (seen.runs == 0) return {};
  const double n = static_cast<double>(seen.runs);
  const double share = static_cast<double>(seen.failures) / n;
  const double z = quantile_of(confidence);
  const double squared = z * z / n;
  const double centre = (share + squared / 2) / (1 + squared);
  const double half = z * std::sqrt(share * (1 - share) / n + squared / (4 * n)) / (1 + squared);
  // At the ends the formula gives 0 and 1, but for rounding.
  return {seen.failures == 0 ? 0 : std::max(0.0, centre - half), seen.failures == seen.runs ? 1 : std::min(1.0, centre + half)};
}

double failing_at_most(std::uint64_t clean_runs, double confidence) {
  if (clean_runs == 0) return 1;
  return 1 - std::pow(1 - confidence, 1 / static_cast<double>(clean_runs));
}

std::optional<std::uint64_t> clean_runs_for(double share, double confidence) {
  if (share <= 0) return std::nullopt;
  if (share >= 1) return 1;
  const double runs = std::ceil(std::log(1 - confidence) / std::log1p(-share));
  return static_cast<std::uint64_t>(std::max(1.0, runs));
}

std::string to_string(const rate& seen) {
  if (seen.runs == 0) return "0 of 0";
  const auto [low, high] = wilson(seen);
  return fmt::format("{} of {} ({:.1f} %; {:.1f} % to {:.1f} % with {:.0f} % confidence)", seen.failures, seen.runs,
                     100.0 * static_cast<double>(seen.failures) / static_cast<double>(seen.runs), 100 * low, 100 * high,
                     100 * usual_confidence);
}

std::string said_of_clean(std::uint64_t runs) {
  if (runs == 0) return {};
  // Rounded down, so that no more is claimed than holds.
  const auto one_in = static_cast<std::uint64_t>(std::floor(1 / failing_at_most(runs)));
  return fmt::format("fewer than 1 in {} fail, with {:.0f} % confidence", std::max<std::uint64_t>(one_in, 1), 100 * usual_confidence);
}

}  // namespace nailbiter::report
