#pragma once

// What the sanitizers of gcc and clang write into a daemon's log: each report reduced to its kind and the places of its
// stacks, the same stacks told once. Reads text only.

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nailbiter::target {

struct sanitizer_report {
  bool race = false;          // ThreadSanitizer's; else memory or undefined behaviour
  std::string text{};         // "data race: f file.cpp:12 | g file.cpp:40": one line, bounded, no values
  std::uint32_t session = 0;  // as the daemon says in the line after it (naild does); 0 = it does not

  friend bool operator==(const sanitizer_report&, const sanitizer_report&) = default;
};

/// Which sanitizers an executable was built with, "ThreadSanitizer" and so on with ", " between; empty: none, or it cannot
/// be read.
std::string sanitizers_of(const std::filesystem::path& executable);

class sanitizer_log {
 public:
  /// More of the log, cut anywhere.
  void push(std::string_view text);

  /// The reports that have ended since the last call, without those whose stacks were told before.
  std::vector<sanitizer_report> take();

  /// A report has begun and its end has not come yet.
  bool inside_report() const noexcept { return inside_; }

 private:
  void take_line(std::string_view line);
  void end_report(std::string_view summary);

  std::string rest_;                  // of a line that has not ended
  bool inside_ = false;
  bool race_ = false;
  bool in_stack_ = false;             // its innermost frame of interest has been taken
  std::vector<std::string> places_;
  std::set<std::string> told_;
  std::vector<sanitizer_report> ready_;
};

}  // namespace nailbiter::target
