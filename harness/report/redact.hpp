#pragma once

// Keeps secrets out of the folders that people attach to bug reports. An allow-list: what is not named is not written.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "harness/plan/plan.hpp"

namespace nailbiter::report {

constexpr std::string_view redacted_value = "<redacted>";

/// May the value of this environment variable be written down?
bool is_public(std::string_view name) noexcept;

/// The plan with every value that is not public replaced by redacted_value; names stay.
plan::plan redacted(plan::plan what);

/// Values to strike out of logs: of the plan's environments, and of `process_environment` (KEY=VALUE entries; its short
/// values and paths stay, or logs would become unreadable). Of the latter pieces too: a quotation or a chunk may end inside
/// of one.
class secrets {
 public:
  secrets(const plan::plan& what, const std::vector<std::string>& process_environment);

  /// `text` with every one of them replaced by redacted_value, and every run of pieces of piece_bytes of one.
  std::string struck_out(std::string text) const;

  static constexpr std::size_t piece_bytes = 12;

 private:
  std::string without_pieces(std::string text) const;

  std::vector<std::string> whole_;  // longest first
  std::unordered_set<std::string> pieces_;
};

/// Gives redacted values back: where `what` has one, the same client and name of `original` supplies it. False if one
/// is missing there.
bool restore(plan::plan& what, const plan::plan& original);

}  // namespace nailbiter::report
