#pragma once

// One line of live progress, rewritten in place; silent where nobody watches. Knows no clock and no campaign.

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "harness/report/terminal.hpp"

namespace nailbiter::report {

/// Borrows the stream, which outlives it.
class progress {
 public:
  progress(std::FILE* stream, watched by, std::size_t total) : stream_(stream), by_(by), total_(total) {}
  ~progress() { clear(); }
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;

  /// A case has ended.
  void advance(std::string_view case_id, bool failed);

  /// Wipes the line, so that something else can be printed.
  void clear();

  /// The text of the line, without control sequences.
  std::string line(std::string_view case_id) const;

 private:
  std::FILE* stream_;
  watched by_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::size_t failing_ = 0;
  bool drawn_ = false;
};

}  // namespace nailbiter::report
