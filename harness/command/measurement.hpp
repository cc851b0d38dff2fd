#pragma once

// How often one plan fails as one failure did: the same plan over and over.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "harness/report/json_report.hpp"
#include "harness/report/rate.hpp"
#include "harness/target/case_result.hpp"

namespace nailbiter::command {

/// By the same checker for the same reason.
bool fails_like(const report::stored_verdict& wanted, const target::case_result& result);

class measurement {
 public:
  explicit measurement(report::stored_verdict wanted) : wanted_(std::move(wanted)) {}

  void add(target::case_result&& result);

  /// Runs without a verdict are no runs.
  const report::rate& same() const noexcept { return same_; }
  /// Failures of another kind, as "checker: reason"; they are runs, and not counted as failures.
  const std::map<std::string, std::uint64_t>& others() const noexcept { return others_; }
  std::uint64_t without_verdict() const noexcept { return without_verdict_; }

  /// The first that failed like it, else the first that failed otherwise.
  const target::case_result* first_failure() const noexcept { return first_same_ ? &*first_same_ : first_other_ ? &*first_other_ : nullptr; }

  /// The rate, then a line each for other failures and runs without a verdict; indented by `indent` from the second.
  std::string text(std::size_t indent) const;

 private:
  report::stored_verdict wanted_;
  report::rate same_;
  std::map<std::string, std::uint64_t> others_;
  std::uint64_t without_verdict_ = 0;
  std::string why_without_{};  // of the first
  std::optional<target::case_result> first_same_;
  std::optional<target::case_result> first_other_;
};

/// The plan under `schedules` schedules of the portfolio, with seeds from 1; fewer once `interrupted` says so.
measurement measure_in_simulator(const plan::plan& what, const report::stored_verdict& wanted, std::uint64_t schedules,
                                 const std::function<bool()>& interrupted);

}  // namespace nailbiter::command
